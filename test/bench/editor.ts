/**
 * Measures language servers as an editor sees them: from the start to the first diagnostics, from a keystroke to its
 * diagnostics, to completions and to a hover, and what memory it takes. Ours, yaml-language-server with our schema, the same
 * without its debounce, and the floor: a server that does nothing. In turn, because machines differ and are noisy.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { DRAWING_REQUEST, type DrawingResult } from '../../server/lsp/messages.js';
import { root, server } from '../harness/paths.js';
import { generatePlaybook } from './generate-playbook.js';
import { median, quantile } from './median.js';
import { installPeers, peersFolder } from './peers.js';
import { ServerUnderTest } from './server-under-test.js';
import { wholeSchema } from './whole-schema.js';

const STARTS = Number(process.env['STARTS'] ?? 10);
const KEYS = Number(process.env['KEYS'] ?? 30);
const SIZES = [10, 100, 1000];

interface Contender {
  readonly name: string;
  readonly command: readonly string[];
  readonly settings: Readonly<Record<string, unknown>>;
  readonly pulls: boolean;
  /** Whether it knows anything to answer. */
  readonly answers: boolean;
}

async function measure(): Promise<void> {
  installPeers();
  const folder = mkdtempSync(join(tmpdir(), 'incident-playbooks-bench-'));
  const contenders = await contendersIn(folder);
  console.log(`Medians of ${STARTS} starts and ${KEYS} keystrokes, Node ${process.version}, ${cpus().length} cores\n`);
  await measureSizes(folder, contenders);
  await measureDrawings(folder, contenders[0] as Contender);
  await measureWorkspaces(folder, contenders[0] as Contender);
  rmSync(folder, { recursive: true });
}

async function measureSizes(folder: string, contenders: readonly Contender[]): Promise<void> {
  console.log(
    '| steps | what | start to first diagnostics | keystroke to diagnostics (95 %) | completion | hover | memory (peak) |',
  );
  console.log('| ---: | --- | ---: | ---: | ---: | ---: | ---: |');
  for (const steps of SIZES) {
    const playbooks = join(folder, `${steps}`);
    mkdirSync(playbooks);
    writeFileSync(join(playbooks, '.incident-playbooks.yaml'), 'root: true\n');
    const text = generatePlaybook(steps);
    const uri = pathToFileURL(join(playbooks, 'a.incident-playbook.yaml')).href;
    const starts = new Map<string, number[]>(contenders.map(({ name }) => [name, []]));
    for (let run = 0; run < STARTS; run++) {
      for (const contender of contenders) {
        const begun = performance.now();
        const one = await started(contender, playbooks);
        await one.open(uri, text);
        starts.get(contender.name)?.push(performance.now() - begun);
        await one.stop();
      }
    }
    for (const contender of contenders) {
      const start = median(starts.get(contender.name) ?? []);
      const typed = contender.answers ? await typing(contender, playbooks, uri, text) : '| | | |';
      console.log(`| ${steps} | ${contender.name} | ${start.toFixed(0)} ms ${typed}`);
    }
  }
}

async function started({ command, settings, pulls }: Contender, folder: string): Promise<ServerUnderTest> {
  const one = new ServerUnderTest(command, settings, pulls);
  await one.start(pathToFileURL(folder).href);
  return one;
}

/** Types letters in the middle of the text, in instructions, and asks after each. */
async function typing(contender: Contender, folder: string, uri: string, text: string): Promise<string> {
  const one = await started(contender, folder);
  await one.open(uri, text);
  const textDocument = { uri };
  const lines = text.split('\n');
  const middle = Math.floor(lines.length / 2);
  const lineOf = (part: string) => lines.findIndex((line, index) => index >= middle && line.includes(part));
  const note = { line: lineOf('note host'), character: (lines[lineOf('note host')] ?? '').indexOf('note host') };
  const owner = lineOf('    owner: ');
  const value = { line: owner, character: '    owner: '.length };
  const key = { line: owner, character: 6 };
  const times = { keystroke: [] as number[], completion: [] as number[], hover: [] as number[] };
  const timed = async (list: number[], ask: () => Promise<unknown>) => {
    const shown = one.nextDiagnostics(uri);
    const begun = performance.now();
    await one.type(uri, note, 'x');
    const answer = list === times.keystroke ? await shown() : await ask();
    list.push(performance.now() - begun);
    // The next letter comes when this one is dealt with.
    if (list !== times.keystroke) await shown();
    return answer;
  };
  for (let run = 0; run < KEYS; run++) {
    await timed(times.keystroke, async () => undefined);
    await timed(times.completion, () =>
      one.connection.sendRequest('textDocument/completion', { textDocument, position: value }),
    );
    await timed(times.hover, () => one.connection.sendRequest('textDocument/hover', { textDocument, position: key }));
  }
  const { now, peak } = one.memory();
  await one.stop();
  const told = (list: readonly number[]) => `${median(list).toFixed(1)} ms`;
  return `| ${told(times.keystroke)} (${quantile(times.keystroke, 0.95).toFixed(1)}) | ${told(times.completion)} | ${told(times.hover)} | ${now.toFixed(0)} MiB (${peak.toFixed(0)}) |`;
}

async function measureDrawings(folder: string, ours: Contender): Promise<void> {
  console.log('\n| steps | first drawing | preview after a keystroke |\n| ---: | ---: | ---: |');
  for (const steps of SIZES) {
    const uri = pathToFileURL(join(folder, `${steps}/a.incident-playbook.yaml`)).href;
    const text = generatePlaybook(steps);
    const one = await started(ours, join(folder, `${steps}`));
    await one.open(uri, text);
    const draw = (known: number | null) => one.connection.sendRequest<DrawingResult>(DRAWING_REQUEST, { uri, known });
    const begun = performance.now();
    let { id } = await draw(null);
    const first = performance.now() - begun;
    const before = text.slice(0, text.indexOf('note host')).split('\n');
    const position = { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
    const times: number[] = [];
    for (let run = 0; run < KEYS; run++) {
      await one.type(uri, position, 'x');
      await one.nextDiagnostics(uri)();
      const asked = performance.now();
      id = (await draw(id ?? null)).id;
      times.push(performance.now() - asked);
    }
    console.log(`| ${steps} | ${first.toFixed(0)} ms | ${median(times).toFixed(1)} ms |`);
    await one.stop();
  }
}

async function measureWorkspaces(folder: string, ours: Contender): Promise<void> {
  console.log(
    '\n| playbooks of 10 steps | start to first diagnostics | keystroke to diagnostics | all problems | again after a keystroke | memory (peak) |',
  );
  console.log('| ---: | ---: | ---: | ---: | ---: | ---: |');
  for (const count of SIZES) {
    const workspace = join(folder, `workspace-${count}`);
    mkdirSync(workspace);
    writeFileSync(join(workspace, '.incident-playbooks.yaml'), 'root: true\n');
    for (let seed = 1; seed <= count; seed++) {
      writeFileSync(join(workspace, `${seed}.incident-playbook.yaml`), generatePlaybook(10, seed));
    }
    const uri = pathToFileURL(join(workspace, '1.incident-playbook.yaml')).href;
    const text = generatePlaybook(10, 1);
    const starts: number[] = [];
    for (let run = 0; run < STARTS; run++) {
      const begun = performance.now();
      const one = await started(ours, workspace);
      await one.open(uri, text);
      starts.push(performance.now() - begun);
      await one.stop();
    }
    const one = await started(ours, workspace);
    await one.open(uri, text);
    const all = async () => {
      const begun = performance.now();
      await one.connection.sendRequest('workspace/diagnostic', { previousResultIds: [] });
      return performance.now() - begun;
    };
    const first = await all();
    const before = text.slice(0, text.indexOf('note host')).split('\n');
    const position = { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
    const keys: number[] = [];
    for (let run = 0; run < KEYS; run++) {
      const begun = performance.now();
      await one.type(uri, position, 'x');
      await one.nextDiagnostics(uri)();
      keys.push(performance.now() - begun);
    }
    const again = await all();
    const { now, peak } = one.memory();
    await one.stop();
    console.log(
      `| ${count} | ${median(starts).toFixed(0)} ms | ${median(keys).toFixed(1)} ms | ${first.toFixed(0)} ms | ${again.toFixed(0)} ms | ${now.toFixed(0)} MiB (${peak.toFixed(0)}) |`,
    );
  }
}

async function contendersIn(folder: string): Promise<Contender[]> {
  const schema = join(folder, 'playbook.schema.json');
  writeFileSync(schema, JSON.stringify(wholeSchema()));
  const yaml = {
    validate: true,
    hover: true,
    completion: true,
    schemaStore: { enable: false },
    kubernetesCRDStore: { enable: false },
    schemas: { [pathToFileURL(schema).href]: '*.incident-playbook.yaml' },
  };
  const peer = join(peersFolder, 'node_modules/yaml-language-server/bin/yaml-language-server');
  const undelayed = join(folder, 'without-debounce.cjs');
  writeFileSync(
    undelayed,
    `const Module = require('node:module');
     const compile = Module.prototype._compile;
     Module.prototype._compile = function (text, name, ...rest) {
       const own = name.endsWith('yamlSettings.js') ? text.replace('validationDelayMs = 200', 'validationDelayMs = 0') : text;
       return compile.call(this, own, name, ...rest);
     };
     require(${JSON.stringify(peer)});`,
  );
  const { execPath } = process;
  return [
    { name: 'ours', command: [execPath, server, '--stdio'], settings: {}, pulls: true, answers: true },
    {
      name: 'yaml-language-server',
      command: [execPath, peer, '--stdio'],
      settings: { yaml },
      pulls: false,
      answers: true,
    },
    {
      name: 'the same without its debounce',
      command: [execPath, undelayed, '--stdio'],
      settings: { yaml },
      pulls: false,
      answers: true,
    },
    {
      name: 'floor: a server that does nothing',
      command: [execPath, await floorIn(folder), '--stdio'],
      settings: {},
      pulls: false,
      answers: false,
    },
  ];
}

/** A server that says of each file that it has no problems. */
async function floorIn(folder: string): Promise<string> {
  const outfile = join(folder, 'floor.cjs');
  const contents = `
    const { createConnection, ProposedFeatures, TextDocuments } = require('vscode-languageserver/node');
    const { TextDocument } = require('vscode-languageserver-textdocument');
    const connection = createConnection(ProposedFeatures.all);
    const documents = new TextDocuments(TextDocument);
    connection.onInitialize(() => ({ capabilities: { textDocumentSync: 2 } }));
    documents.onDidChangeContent(({ document }) => connection.sendDiagnostics({ uri: document.uri, diagnostics: [] }));
    documents.listen(connection);
    connection.listen();
  `;
  await build({
    stdin: { contents, resolveDir: root },
    bundle: true,
    minify: true,
    platform: 'node',
    outfile,
    nodePaths: [join(root, 'node_modules')],
    logLevel: 'silent',
  });
  return outfile;
}

measure().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
