/** Where things are in the project. */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
export const cli = join(root, 'dist/cli.js');
export const server = join(root, 'dist/server.js');
export const samples = join(root, 'samples');
