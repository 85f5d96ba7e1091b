/** The other tools that ours is measured against: dependencies of this folder alone. */
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const peersFolder = fileURLToPath(new URL('peers/', import.meta.url));

/** Installs them where they are not. */
export function installPeers(): void {
  const installed = readdirSync(peersFolder).includes('node_modules')
    ? readdirSync(join(peersFolder, 'node_modules'))
    : [];
  if (installed.includes('yaml-language-server')) return;
  spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: peersFolder, stdio: 'inherit' });
}
