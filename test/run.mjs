/**
 * `npm test`: installs and builds what is needed, then runs every check: generated files, types, lint and format, tests
 * of the engine and of the processes, tests in real VS Code. The last line counts them.
 */
import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureBuilt, ensureInstalled } from './editor/setup.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const bin = (name) => join(root, 'node_modules', '.bin', name);
const total = { passed: 0, failed: 0, skipped: 0 };

await ensureInstalled();
// Before the build, which would write them anew.
await run(process.execPath, ['schemas/generate.mjs']);
await check('Generated files are current', process.execPath, ['server/rules/generate.mjs', '--check']);
await ensureBuilt();
await check('Types', bin('tsc'), ['-p', '.']);
await check('Types of the pages', bin('tsc'), ['-p', 'client/pages']);
await check('Lint and format', bin('biome'), ['check', '--error-on-warnings', '.']);
await tests('Engine, language server, command line', []);
await tests('In real VS Code', ['--no-config', '--import=tsx', '--timeout=180000', 'test/vscode/*.test.ts']);

const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
console.log(`\n${total.passed} passed, ${total.failed} failed${skipped}`);
process.exitCode = total.failed > 0 ? 1 : 0;

async function check(name, command, args) {
  console.log(`\n# ${name}`);
  const { code } = await run(command, args);
  if (code === 0) total.passed++;
  else total.failed++;
}

async function tests(name, args) {
  console.log(`\n# ${name}`);
  const { code, output } = await run(bin('mocha'), args);
  const count = (word) => Number(new RegExp(`^\\s*(\\d+) ${word}`, 'm').exec(output)?.[1] ?? 0);
  const failing = count('failing');
  total.passed += count('passing');
  total.skipped += count('pending');
  // A runner that dies before it counts has failed as well.
  total.failed += failing > 0 ? failing : code === 0 && count('passing') > 0 ? 0 : 1;
}

function run(command, args) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    child.stdout.on('data', (data) => {
      output += data;
      process.stdout.write(data);
    });
    child.on('error', (error) => {
      console.error(`${command}: ${error.message}`);
      resolve({ code: 1, output });
    });
    child.on('close', (code) => resolve({ code, output }));
  });
}
