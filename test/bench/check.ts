/**
 * Measures `check` over a thousand playbooks, beside other tools that check YAML and beside the least that any tool must
 * do: read the files and hold them to the schema. All in one run, in turn, because machines differ and are noisy.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { cli, root } from '../harness/paths.js';
import { generatePlaybook } from './generate-playbook.js';
import { median } from './median.js';
import { installPeers, peersFolder } from './peers.js';
import { wholeSchema } from './whole-schema.js';

const PLAYBOOKS = 1000;
const STEPS = 10;
const RUNS = Number(process.env['RUNS'] ?? 10);

interface Contender {
  readonly name: string;
  readonly command: readonly string[];
}

const bin = (name: string) => join(peersFolder, 'node_modules/.bin', name);

async function measure(): Promise<void> {
  installPeers();
  const folder = mkdtempSync(join(tmpdir(), 'incident-playbooks-bench-'));
  writeFileSync(join(folder, '.incident-playbooks.yaml'), 'root: true\n');
  mkdirSync(join(folder, 'p'));
  for (let seed = 1; seed <= PLAYBOOKS; seed++) {
    writeFileSync(join(folder, `p/${seed}.incident-playbook.yaml`), generatePlaybook(STEPS, seed));
  }
  const contenders = [
    { name: 'incident-playbooks check', command: [process.execPath, cli, 'check', '--format', 'json'] },
    {
      name: 'incident-playbooks check, two threads',
      command: [process.execPath, cli, 'check', '--format', 'json', '--jobs', '2'],
    },
    { name: 'floor: yaml and compiled ajv', command: [process.execPath, await floorIn(folder)] },
    ...peersIn(folder),
  ];
  const times = new Map<string, number[]>(contenders.map(({ name }) => [name, []]));
  for (let run = 0; run < RUNS; run++) {
    for (const { name, command } of contenders) times.get(name)?.push(timeOf(command, folder));
  }
  rmSync(folder, { recursive: true });
  report(times);
}

function timeOf([program = '', ...args]: readonly string[], folder: string): number {
  const begun = performance.now();
  const { status, error, stderr } = spawnSync(program, args, { cwd: folder, encoding: 'utf8', maxBuffer: 2 ** 28 });
  if (error) throw error;
  // All of them end with 0 or 1, by whether they found something.
  if (status !== 0 && status !== 1) throw new Error(`${args[0]} ended with ${status}: ${stderr.slice(0, 500)}`);
  return performance.now() - begun;
}

async function floorIn(folder: string): Promise<string> {
  const { default: Ajv } = await import('ajv');
  const { default: standalone } = await import('ajv/dist/standalone/index.js');
  const ajv = new Ajv({ strict: false, code: { source: true } });
  writeFileSync(join(folder, 'validate.cjs'), standalone(ajv, ajv.compile(wholeSchema())));
  const source = `
    const { readdirSync, readFileSync } = require('node:fs');
    const { parseDocument } = require('yaml');
    const validate = require('${join(folder, 'validate.cjs')}');
    let faults = 0;
    for (const name of readdirSync('p')) if (!validate(parseDocument(readFileSync('p/' + name, 'utf8')).toJS())) faults++;
    console.log(faults);
  `;
  const outfile = join(folder, 'floor.cjs');
  await build({
    stdin: { contents: source, resolveDir: root },
    bundle: true,
    platform: 'node',
    outfile,
    nodePaths: [join(root, 'node_modules')],
    logLevel: 'silent',
  });
  return outfile;
}

function peersIn(folder: string): Contender[] {
  const schema = join(folder, 'playbook.schema.json');
  writeFileSync(schema, JSON.stringify(wholeSchema()));
  writeFileSync(
    join(folder, 'ruleset.yaml'),
    JSON.stringify({
      rules: {
        schema: {
          given: '$',
          severity: 'error',
          // biome-ignore lint/suspicious/noThenProperty: it is a word of Spectral's rulesets.
          then: { function: 'schema', functionOptions: { schema: wholeSchema() } },
        },
      },
    }),
  );
  writeFileSync(
    join(folder, 'eslint.config.mjs'),
    `import yml from '${join(peersFolder, 'node_modules/eslint-plugin-yml/lib/index.mjs')}';
     import validator from '${join(peersFolder, 'node_modules/eslint-plugin-json-schema-validator/lib/index.mjs')}';
     export default [
       ...yml.configs['flat/base'],
       { plugins: { 'json-schema-validator': validator }, rules: { 'json-schema-validator/no-invalid': ['error', { schemas: [{ fileMatch: ['**/*.yaml'], schema: '${schema}' }], useSchemastoreCatalog: false }] } },
     ];`,
  );
  return [
    {
      name: 'spectral, our schema',
      command: [bin('spectral'), 'lint', 'p/*.yaml', '--ruleset', 'ruleset.yaml', '--format', 'json'],
    },
    { name: 'eslint with yml and json-schema-validator', command: [bin('eslint'), 'p/', '--format', 'json'] },
    { name: 'v8r, our schema', command: [bin('v8r'), 'p/*.yaml', '--schema', schema] },
    {
      name: 'ajv-cli (schema alone, no places)',
      command: [bin('ajv'), 'validate', '-s', schema, '-d', 'p/*.yaml', '--strict=false'],
    },
  ];
}

function report(times: ReadonlyMap<string, number[]>): void {
  const ours = median([...times.values()][0] ?? []);
  console.log(
    `${PLAYBOOKS} playbooks of ${STEPS} steps, medians of ${RUNS}, Node ${process.version}, ${cpus().length} cores\n`,
  );
  console.log('| what | time | ours is |\n| --- | ---: | ---: |');
  for (const [name, values] of times) {
    console.log(`| ${name} | ${(median(values) / 1000).toFixed(2)} s | ${(ours / median(values)).toFixed(2)} x |`);
  }
}

measure().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
