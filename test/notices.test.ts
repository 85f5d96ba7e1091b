/** The notices of others' software: every package of which a piece is bundled, with its licence. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from './harness/paths.js';

interface Manifest {
  readonly name?: string;
  readonly version?: string;
}

const inputs: readonly string[] = JSON.parse(readFileSync(join(root, 'dist/bundled.json'), 'utf8'));
const notices = readFileSync(join(root, 'dist/THIRD-PARTY-NOTICES.txt'), 'utf8');
const heads = [...notices.matchAll(/^--- (.+ \d\S*) \((.+)\)$/gm)].map(([, name = '', licence = '']) => ({
  name,
  licence,
}));

/** The folder of the package that a file belongs to: the nearest whose manifest has a name. */
function packageOf(file: string): { folder: string; name: string } {
  for (let folder = dirname(file); folder !== '.'; folder = dirname(folder)) {
    const manifest = join(root, folder, 'package.json');
    if (!existsSync(manifest)) continue;
    const { name, version }: Manifest = JSON.parse(readFileSync(manifest, 'utf8'));
    if (name && version) return { folder: join(root, folder), name: `${name} ${version}` };
  }
  throw new Error(`${file} belongs to no package`);
}

describe('the notices of third parties', () => {
  const packages = inputs.filter((file) => file.includes('node_modules/')).map(packageOf);

  it('name each package that is bundled, nested ones as well, and none that is not', () => {
    const named = heads.map(({ name }) => name);
    // The layout library ships in a file of its own; the validators hold a piece of ajv.
    const beside = named.filter((name) => /^(?:elkjs|ajv) /.test(name));
    assert.equal(beside.length, 2);
    assert.deepEqual(named, [...new Set([...packages.map(({ name }) => name), ...beside])].sort());
  });

  it('say of each under which licence it is', () => {
    assert.deepEqual(
      heads.filter(({ licence }) => !/^[A-Z][\w .-]+$/.test(licence)),
      [],
    );
  });

  it('hold the whole text of each licence', () => {
    for (const { folder, name } of packages) {
      const notice = notices.slice(notices.indexOf(`--- ${name} (`)).split(/\n(?=--- .+ \d\S* \(.+\)\n)/)[0] ?? '';
      const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
      if (file) assert.ok(notice.includes(readFileSync(join(folder, file), 'utf8').trim()), name);
      assert.match(notice, /copyright|\(c\)/i, name);
      assert.match(notice, /permission|redistribution/i, name);
    }
  });
});
