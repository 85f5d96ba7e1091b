/** Clients that can less than VS Code, that write null for what they leave out, or that start the server in ways of their own. */
import assert from 'node:assert/strict';
import { type ChildProcess, type ChildProcessByStdio, fork, spawn, spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import {
  createMessageConnection,
  IPCMessageReader,
  IPCMessageWriter,
  type MessageConnection,
  type MessageReader,
  type MessageWriter,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-jsonrpc/node';
import type { InitializeResult, PublishDiagnosticsParams } from 'vscode-languageserver-protocol';
import { folderWith } from './harness/folder.js';
import { LanguageClient } from './harness/language-client.js';
import { cli } from './harness/paths.js';

const ORGANIZATION = `format: organization/v1
people:
  priya: { name: Priya Shah, rota: true, contacts: [{ kind: phone, value: "1" }] }
roles:
  ciso: { title: Head of security, holder: priya }
`;
const PLAYBOOK = `format: playbook/v1
id: a
title: A
accountable: ciso
severity: low
threats: [T1078.002]
steps:
  - id: look
    title: Look
    phase: analysis
    owner: ghost
    instructions: Look.
    impacts: none
    done_when: [Seen]
  - id: look
    decision: Do we?
    owner: ciso
    options: [{ id: yes-we-do, label: Yes, impacts: none, next: end }]
`;
const NAME = 'a.incident-playbook.yaml';

interface Client {
  readonly connection: MessageConnection;
  readonly published: Map<string, PublishDiagnosticsParams>;
  readonly until: (condition: () => boolean) => Promise<void>;
}

describe('clients of the language server', () => {
  let folder: string;
  const uri = () => pathToFileURL(join(folder, NAME)).href;
  const root = () => pathToFileURL(folder).href;
  const ends: (() => void)[] = [];

  before(() => {
    folder = folderWith({ '.incident-playbooks.yaml': 'root: true\n', 'o.incident-org.yaml': ORGANIZATION });
  });
  after(() => rmSync(folder, { recursive: true }));
  afterEach(() => {
    for (const end of ends.splice(0)) end();
  });

  function clientOf(reader: MessageReader, writer: MessageWriter): Client {
    const connection = createMessageConnection(reader, writer);
    const published = new Map<string, PublishDiagnosticsParams>();
    connection.onNotification('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) => {
      published.set(params.uri, params);
    });
    connection.listen();
    ends.push(() => connection.dispose());
    const until = async (condition: () => boolean) => {
      for (let count = 0; !condition(); count++) {
        assert.ok(count < 400, 'waited too long');
        await new Promise((resolve) => setTimeout(resolve, 25));
      }
    };
    return { connection, published, until };
  }

  function started(
    ...args: string[]
  ): Client & { process: ChildProcessByStdio<Writable, Readable, Readable>; told: () => string } {
    const process = spawn(globalThis.process.execPath, [cli, ...args], { stdio: ['pipe', 'pipe', 'pipe'] });
    let told = '';
    process.stderr.on('data', (data) => {
      told += data;
    });
    ends.push(() => process.kill());
    const client = clientOf(new StreamMessageReader(process.stdout), new StreamMessageWriter(process.stdin));
    return { ...client, process, told: () => told };
  }

  const initialize = async (client: Client, more: object = {}) => {
    const result = await client.connection.sendRequest<InitializeResult>('initialize', {
      processId: null,
      rootUri: root(),
      capabilities: {},
      ...more,
    });
    await client.connection.sendNotification('initialized', {});
    return result;
  };
  const open = (client: Client, text = PLAYBOOK) =>
    client.connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri: uri(), languageId: 'yaml', version: 1, text },
    });

  describe('that can nothing', () => {
    const at = (line: number, character: number) => ({ textDocument: { uri: uri() }, position: { line, character } });
    const wholeFile = { start: { line: 0, character: 0 }, end: { line: 17, character: 0 } };
    const ANSWERS: Readonly<Record<string, [() => object, (answer: never) => void]>> = {
      'textDocument/documentSymbol': [
        () => ({ textDocument: { uri: uri() } }),
        (
          symbols: {
            kind: number;
            location?: { uri: string };
            children?: object;
            containerName?: string;
            name: string;
          }[],
        ) => {
          assert.ok(symbols.every(({ location, children }) => location?.uri === uri() && children === undefined));
          assert.ok(symbols.every(({ kind }) => kind <= 18));
          assert.equal(symbols.find(({ name }) => name === 'Yes')?.containerName, 'Do we?');
        },
      ],
      'workspace/symbol': [
        () => ({ query: '' }),
        (symbols: { kind: number }[]) => assert.ok(symbols.length > 3 && symbols.every(({ kind }) => kind <= 18)),
      ],
      'textDocument/codeAction': [
        () => ({ textDocument: { uri: uri() }, range: wholeFile, context: { diagnostics: [] } }),
        (actions: object[]) => assert.deepEqual(actions, []),
      ],
      'textDocument/hover': [
        () => at(3, 14),
        ({ contents }: { contents: unknown }) => {
          assert.equal(typeof contents, 'string');
          assert.match(String(contents), /Held by Priya Shah/);
          assert.doesNotMatch(String(contents), /\*\*/);
        },
      ],
      'textDocument/definition': [
        () => at(3, 14),
        (places: object[]) => assert.ok(places.length === 1 && places.every((place) => 'uri' in place)),
      ],
      'textDocument/completion': [
        () => at(10, 11),
        ({ items }: { items: { kind: number; documentation?: unknown; insertTextFormat?: number }[] }) => {
          assert.ok(items.length > 0);
          for (const { kind, documentation, insertTextFormat } of items) {
            assert.ok(kind <= 18 && insertTextFormat !== 2);
            assert.ok(documentation === undefined || typeof documentation === 'string');
          }
        },
      ],
      'textDocument/documentLink': [
        () => ({ textDocument: { uri: uri() } }),
        (links: object[]) => assert.ok(links.length === 1 && links.every((link) => !('tooltip' in link))),
      ],
    };
    for (const [method, [params, holds]] of Object.entries(ANSWERS)) {
      it(`are answered in the oldest form: ${method}`, async () => {
        const client = started('lsp');
        await initialize(client);
        await open(client);
        holds((await client.connection.sendRequest(method, params())) as never);
      });
    }

    it('are offered what they know', async () => {
      const { capabilities } = await initialize(started('lsp'));
      assert.equal(capabilities.codeActionProvider, true);
      assert.equal(capabilities.renameProvider, true);
      assert.equal(capabilities.diagnosticProvider, undefined);
      assert.equal(capabilities.positionEncoding, 'utf-16');
    });

    it('are sent diagnostics without what they do not know', async () => {
      const client = started('lsp');
      await initialize(client);
      await open(client);
      await client.until(() => client.published.has(uri()));
      const { diagnostics } = client.published.get(uri()) ?? { diagnostics: [] };
      assert.ok(diagnostics.some(({ code }) => code === 'step-id-duplicate'));
      for (const diagnostic of diagnostics) {
        const known = ['range', 'severity', 'source', 'code', 'message'];
        assert.deepEqual(
          Object.keys(diagnostic).filter((key) => !known.includes(key)),
          [],
        );
      }
    });

    it('are asked for nothing', async () => {
      const client = started('lsp');
      const asked: string[] = [];
      client.connection.onRequest((method) => {
        asked.push(method);
        return null;
      });
      await initialize(client);
      await open(client);
      await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: {} });
      await client.until(() => client.published.has(uri()));
      assert.deepEqual(asked, []);
    });
  });

  it('that like plain text better are given it', async () => {
    const client = await LanguageClient.start(folder, {
      textDocument: { hover: { contentFormat: ['plaintext', 'markdown'] } },
    });
    await client.open(uri(), PLAYBOOK);
    const hover = await client.connection.sendRequest<{ contents: { kind: string } }>('textDocument/hover', {
      textDocument: { uri: uri() },
      position: { line: 3, character: 14 },
    });
    assert.equal(hover.contents.kind, 'plaintext');
    assert.equal(await client.stop(), 0);
  });

  it('that take commands alone are given those that they know', async () => {
    const client = started('lsp');
    await initialize(client, { initializationOptions: { commands: ['incidentPlaybooks.waiveFinding'] } });
    await open(client);
    const actions = await client.connection.sendRequest<object[]>('textDocument/codeAction', {
      textDocument: { uri: uri() },
      range: { start: { line: 10, character: 12 }, end: { line: 10, character: 12 } },
      context: { diagnostics: [] },
    });
    assert.deepEqual(
      actions.map((action) => 'command' in action && action.command),
      ['incidentPlaybooks.waiveFinding'],
    );
  });

  describe('that write null for what they leave out', () => {
    const NULLS: Readonly<Record<string, () => object>> = {
      'every optional field of the first message': () => ({
        processId: null,
        clientInfo: null,
        locale: null,
        rootPath: null,
        initializationOptions: null,
        trace: null,
        workDoneToken: null,
      }),
      'all folders': () => ({ workspaceFolders: null }),
      'the only folder': () => ({ rootUri: null, workspaceFolders: [{ uri: root(), name: 'w' }] }),
      'everything but the path of the folder': () => ({ rootUri: null, workspaceFolders: null, rootPath: folder }),
      'what they can': () => ({ capabilities: null }),
      'each part of what they can': () => ({
        capabilities: { workspace: null, textDocument: null, window: null, general: null, experimental: null },
      }),
      'the details of what they can': () => ({
        capabilities: {
          workspace: {
            didChangeWatchedFiles: null,
            workspaceFolders: null,
            diagnostics: null,
            fileOperations: null,
            symbol: null,
          },
          textDocument: {
            diagnostic: null,
            publishDiagnostics: { relatedInformation: null, tagSupport: null, codeDescriptionSupport: null },
            codeAction: { codeActionLiteralSupport: null },
            documentSymbol: { symbolKind: null, hierarchicalDocumentSymbolSupport: null },
            hover: { contentFormat: null },
            completion: { completionItem: null, completionItemKind: null },
            foldingRange: { rangeLimit: null },
          },
          window: { workDoneProgress: null },
          general: { positionEncodings: null },
        },
      }),
    };
    for (const [name, more] of Object.entries(NULLS)) {
      it(`are served as if they had left it out: ${name}`, async () => {
        const client = started('lsp');
        await initialize(client, more());
        await open(client);
        await client.until(() => client.published.has(uri()));
        const codes = client.published.get(uri())?.diagnostics.map(({ code }) => code);
        assert.ok(codes?.includes('role-undefined'), String(codes));
        const hover = await client.connection.sendRequest('textDocument/hover', {
          textDocument: { uri: uri() },
          position: { line: 3, character: 14 },
          workDoneToken: null,
        });
        assert.match(JSON.stringify(hover), /Priya Shah/);
      });
    }

    it('are answered and followed later on as well', async () => {
      const client = started('lsp');
      await initialize(client, { capabilities: { textDocument: { codeAction: { codeActionLiteralSupport: {} } } } });
      const { connection } = client;
      const textDocument = { uri: uri(), languageId: null, version: null, text: PLAYBOOK };
      await connection.sendNotification('textDocument/didOpen', { textDocument });
      await connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
      await connection.sendNotification('workspace/didChangeWatchedFiles', { changes: null });
      await connection.sendNotification('textDocument/didSave', { textDocument, text: null });
      const range = { start: { line: 10, character: 12 }, end: { line: 10, character: 12 } };
      const actions = await connection.sendRequest<object[]>('textDocument/codeAction', {
        textDocument,
        range,
        context: { diagnostics: [], only: null, triggerKind: null },
      });
      assert.ok(actions.length > 0);
      assert.deepEqual(
        await connection.sendRequest('textDocument/codeAction', { textDocument, range, context: null }),
        actions,
      );
      const references = { textDocument, position: { line: 3, character: 14 }, context: null };
      assert.equal((await connection.sendRequest<object[]>('textDocument/references', references)).length, 2);
      assert.ok(
        Array.isArray(await connection.sendRequest('workspace/symbol', { query: null, partialResultToken: null })),
      );
      const all = await connection.sendRequest<{ items: object[] }>('workspace/diagnostic', {
        previousResultIds: null,
      });
      assert.equal(all.items.length, 3);
      const one = { textDocument, identifier: null, previousResultId: null };
      assert.ok('items' in (await connection.sendRequest<object>('textDocument/diagnostic', one)));
      await connection.sendNotification('textDocument/didChange', {
        textDocument: { uri: uri(), version: null },
        contentChanges: [{ range: null, rangeLength: null, text: PLAYBOOK.replace('ghost', 'ciso') }],
      });
      await connection.sendNotification('textDocument/didChange', {
        textDocument: { uri: uri() },
        contentChanges: [
          {
            range: { start: { line: 10, character: 11 }, end: { line: 10, character: 15 } },
            rangeLength: null,
            text: 'chief',
          },
        ],
      });
      await client.until(() => JSON.stringify(client.published.get(uri()) ?? '').includes('chief'));
      await connection.sendRequest('shutdown', null);
    });
  });

  describe('that start it with arguments of their own', () => {
    const { pid } = process;
    const ARGUMENTS: readonly (readonly string[])[] = [
      ['lsp'],
      ['lsp', '--stdio'],
      ['--stdio', 'lsp'],
      ['lsp', '--stdio', `--clientProcessId=${pid}`],
      ['lsp', '--stdio', '--clientProcessId', String(pid)],
      ['lsp', `--clientProcessId=${pid}`, '--stdio'],
      ['lsp', '--clientProcessId', String(pid)],
      ['--clientProcessId', String(pid), '--stdio', 'lsp'],
      ['lsp', '--stdio', '--clientProcessId=null'],
      ['lsp', '--stdio', '--log-level', 'debug', '-v'],
      ['lsp', 'extra', '--stdio'],
    ];
    for (const args of ARGUMENTS) {
      it(`are served: ${args.join(' ').replaceAll(String(pid), 'N')}`, async () => {
        const client = started(...args);
        assert.equal((await initialize(client)).serverInfo?.name, 'incident-playbooks');
        const passedOver = args.filter((one) => /log-level|debug|^-v|extra|null/.test(one));
        for (const one of passedOver) assert.match(client.told(), new RegExp(one.replace('--clientProcessId=', '')));
        if (passedOver.length === 0) assert.equal(client.told(), '');
        await client.connection.sendRequest('shutdown');
        const ended = new Promise((resolve) => client.process.once('exit', resolve));
        await client.connection.sendNotification('exit');
        assert.equal(await ended, 0);
      });
    }

    function listening(at: number | string): Promise<{ server: Server; socket: Promise<Socket> }> {
      const server = createServer();
      ends.push(() => server.close());
      const socket = new Promise<Socket>((resolve) => server.once('connection', resolve));
      return new Promise((resolve) => server.listen(at, () => resolve({ server, socket })));
    }
    for (const join of ['=', ' ']) {
      it(`are served on a port: --socket${join}N`, async () => {
        const { server, socket } = await listening(0);
        const address = server.address();
        const port = typeof address === 'object' ? address?.port : undefined;
        const child = spawn(process.execPath, [cli, 'lsp', ...`--socket${join}${port}`.split(' ')], {
          stdio: 'ignore',
        });
        ends.push(() => child.kill());
        const connected = await socket;
        ends.push(() => connected.destroy());
        const client = clientOf(new StreamMessageReader(connected), new StreamMessageWriter(connected));
        assert.equal((await initialize(client)).serverInfo?.name, 'incident-playbooks');
      });

      it(`are served on a pipe: --pipe${join}NAME`, async function () {
        if (process.platform === 'win32') this.skip();
        const name = `${tmpdir()}/incident-playbooks-${pid}-${join.charCodeAt(0)}.sock`;
        const { socket } = await listening(name);
        const child = spawn(process.execPath, [cli, 'lsp', ...`--pipe${join}${name}`.split(' ')], { stdio: 'ignore' });
        ends.push(() => child.kill());
        const connected = await socket;
        ends.push(() => connected.destroy());
        const client = clientOf(new StreamMessageReader(connected), new StreamMessageWriter(connected));
        assert.equal((await initialize(client)).serverInfo?.name, 'incident-playbooks');
      });
    }

    it('are served no longer than they are connected', async () => {
      const { server, socket } = await listening(0);
      const address = server.address();
      const port = typeof address === 'object' ? address?.port : undefined;
      const child = spawn(process.execPath, [cli, 'lsp', `--socket=${port}`], { stdio: 'ignore' });
      ends.push(() => child.kill());
      const ended = new Promise((resolve) => child.once('exit', resolve));
      (await socket).destroy();
      assert.equal(await ended, 1);
    });

    it('are served over the channel of Node: --node-ipc', async () => {
      const child = fork(cli, ['lsp', '--node-ipc', `--clientProcessId=${pid}`], { silent: true });
      ends.push(() => child.kill());
      const client = clientOf(new IPCMessageReader(child), new IPCMessageWriter(child));
      assert.equal((await initialize(client)).serverInfo?.name, 'incident-playbooks');
    });

    const REFUSED: Readonly<Record<string, readonly [readonly string[], RegExp]>> = {
      'without the command': [
        ['--stdio'],
        /--stdio belongs to the language server\. Write: incident-playbooks lsp --stdio/,
      ],
      'without the command, on a port': [['--socket=6009'], /Write: incident-playbooks lsp --socket=6009/],
      'with a port that is none': [['lsp', '--socket=abc'], /--socket "abc" is not a port/],
      'with a port that is too high': [['lsp', '--socket', '70000'], /is not a port/],
      'with a pipe without a name': [['lsp', '--pipe='], /--pipe names no pipe/],
      'with a way that is not there': [['lsp', '--node-ipc'], /--node-ipc is for programs that fork/],
      'with two ways': [['lsp', '--stdio', '--socket=6009'], /Give one of them/],
      'with a port on which nobody listens': [['lsp', '--socket=1'], /nobody listens/],
      'with a pipe that is not there': [['lsp', '--pipe=/tmp/there-is-no-such-pipe'], /nobody listens/],
    };
    for (const [name, [args, words]] of Object.entries(REFUSED)) {
      it(`are told what is wrong: ${name}`, () => {
        const { status, stderr } = spawnSync(process.execPath, [cli, ...args], { encoding: 'utf8', timeout: 20_000 });
        assert.match(stderr, words);
        assert.doesNotMatch(stderr, /\n\s+at /);
        assert.equal(status, 2);
      });
    }

    it('and end without a word are followed', async () => {
      const sleeper: ChildProcess = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
      const byArgument = started('lsp', '--stdio', `--clientProcessId=${sleeper.pid}`);
      const byMessage = started('lsp', '--stdio');
      await initialize(byArgument);
      await initialize(byMessage, { processId: sleeper.pid });
      const ended = [byArgument, byMessage].map(
        (client) => new Promise((resolve) => client.process.once('exit', resolve)),
      );
      sleeper.kill('SIGKILL');
      assert.deepEqual(await Promise.all(ended), [1, 1]);
    });
  });
});
