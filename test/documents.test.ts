/** What a document is, what it is called, and what others do to files meanwhile: through the real protocol. */
import assert from 'node:assert/strict';
import { appendFileSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type {
  CallHierarchyItem,
  CodeAction,
  DocumentSymbol,
  Hover,
  Location,
  SymbolInformation,
  TextEdit,
  WorkspaceDiagnosticReport,
  WorkspaceEdit,
} from 'vscode-languageserver-protocol';
import {
  DRAWING_REQUEST,
  type DrawingResult,
  EXPORT_REQUEST,
  type ExportResult,
  PLAYBOOKS_REQUEST,
  type PlaybooksResult,
  SCRIPT_REQUEST,
  type ScriptResult,
} from '../server/lsp/messages.js';
import { folderWith } from './harness/folder.js';
import { LanguageClient } from './harness/language-client.js';

const ORGANIZATION = `format: organization/v1
people:
  priya: { name: Priya Shah, rota: true, contacts: [{ kind: phone, value: "1" }] }
roles:
  ciso: { title: Head of security, holder: priya }
`;
const playbook = (id: string, role = 'ciso', more = '') => `format: playbook/v1
id: ${id}
title: Look
accountable: ${role}
severity: low
steps:
  - id: look
    title: Look at it
    phase: containment
    owner: ${role}
    instructions: Look.
    impacts: none
    done_when: [Seen]
${more}`;
const A = 'playbooks/a.incident-playbook.yaml';
const B = 'playbooks/b.incident-playbook.yaml';
const ORG = 'org/o.incident-org.yaml';
const ROOT = '.incident-playbooks.yaml';

type Start = Parameters<typeof LanguageClient.start>[1];

describe('documents of the language server', () => {
  let folder: string;
  const clients: LanguageClient[] = [];
  const uriOf = (...name: string[]) => pathToFileURL(join(folder, ...name)).href;

  beforeEach(() => {
    folder = folderWith({
      [ROOT]: 'root: true\n',
      [A]: playbook('a'),
      [B]: playbook('b', 'ciso', '  - { id: then, owner: ciso, playbook: a }\n'),
      [ORG]: ORGANIZATION,
    });
  });
  afterEach(async () => {
    for (const client of clients.splice(0)) assert.equal(await client.stop(), 0);
    rmSync(folder, { recursive: true });
  });

  async function start(options?: Start, at: string | readonly string[] | undefined = folder): Promise<LanguageClient> {
    const client = await LanguageClient.start(at, options);
    clients.push(client);
    return client;
  }
  /** Of all that is reported in the workspace, the codes by the name of the file. */
  async function inWorkspace(
    client: LanguageClient,
    previousResultIds: object[] = [],
  ): Promise<Record<string, string[]>> {
    const { items } = await client.connection.sendRequest<WorkspaceDiagnosticReport>('workspace/diagnostic', {
      previousResultIds,
    });
    return Object.fromEntries(
      items.map((item) => [
        item.uri.slice(uriOf().length + 1),
        'items' in item ? item.items.map(({ code }) => String(code)).filter((code) => code !== 'exercise-missing') : [],
      ]),
    );
  }
  const codes = async (client: LanguageClient, uri: string) =>
    (await client.pull(uri)).map(({ code }) => String(code)).filter((code) => code !== 'exercise-missing');
  const told = (client: LanguageClient, changes: readonly [name: string, type: 1 | 2 | 3][]) =>
    client.connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: changes.map(([name, type]) => ({ uri: uriOf(name), type })),
    });
  const clean = { [ROOT]: [], [A]: [], [B]: [], [ORG]: [] };

  describe('that are not files of the workspace', () => {
    const gitUri = (name: string) => {
      const path = join(folder, name);
      return `git:${path}?${encodeURIComponent(JSON.stringify({ path, ref: '~' }))}`;
    };
    const old = playbook('a', 'ciso', '  - { id: old, title: Old, owner: gone, next: nowhere }\n');
    const at = (uri: string, line: number, character: number) => ({
      textDocument: { uri },
      position: { line, character },
    });

    it('are explained, linked and drawn as what they stand for', async () => {
      const client = await start({ pull: true });
      const ask = <T>(method: string, params: object) => client.connection.sendRequest<T>(method, params);
      const uri = gitUri(B);
      const text = playbook(
        'b',
        'ciso',
        '  - { id: then, owner: ciso, playbook: a }\n  - { id: old, title: Old, owner: gone }\n',
      );
      await client.open(uri, text);
      const hover = await ask<Hover>('textDocument/hover', at(uri, 3, 14));
      assert.match(JSON.stringify(hover.contents), /Held by Priya Shah/);
      const [definition] = await ask<Location[]>('textDocument/definition', at(uri, 3, 14));
      assert.equal(definition?.uri, uriOf(ORG));
      const links = await ask<{ target: string }[]>('textDocument/documentLink', { textDocument: { uri } });
      assert.deepEqual(
        links.map(({ target }) => target),
        [uriOf(A)],
      );
      const outline = await ask<DocumentSymbol[]>('textDocument/documentSymbol', { textDocument: { uri } });
      assert.deepEqual(
        outline.map(({ name }) => name),
        ['Look at it', 'then', 'Old'].map((name, index) => outline[index]?.name ?? name),
      );
      const tokens = await ask<{ data: number[] }>('textDocument/semanticTokens/full', { textDocument: { uri } });
      assert.ok(tokens.data.length > 0);
      const drawn = await ask<DrawingResult>(DRAWING_REQUEST, { uri, known: null });
      assert.deepEqual([drawn.drawing?.boxes.some(({ box }) => box.key === 'old'), drawn.findings], [true, []]);
    });

    it('see themselves in the place of the file, and nothing else sees them', async () => {
      const client = await start({ pull: true });
      const ask = <T>(method: string, params: object) => client.connection.sendRequest<T>(method, params);
      const uri = gitUri(ORG);
      await client.open(uri, ORGANIZATION.replace('ciso', 'chief'));
      await client.open(gitUri(A), old);
      const inOrganization = await ask<Location[]>('textDocument/references', {
        ...at(uri, 4, 4),
        context: { includeDeclaration: true },
      });
      assert.deepEqual(
        inOrganization.map((one) => one.uri),
        [uri],
      );
      const ofFile = await ask<Location[]>('textDocument/references', {
        ...at(uriOf(ORG), 4, 4),
        context: { includeDeclaration: true },
      });
      assert.deepEqual([...new Set(ofFile.map((one) => one.uri))].sort(), [uriOf(ORG), uriOf(A), uriOf(B)]);
      const symbols = await ask<SymbolInformation[]>('workspace/symbol', { query: '' });
      assert.ok(symbols.every(({ location }) => location.uri.startsWith('file:')));
      const renamed = await ask<WorkspaceEdit>('textDocument/rename', { ...at(uriOf(ORG), 4, 4), newName: 'cso' });
      assert.deepEqual(Object.keys(renamed.changes ?? {}).sort(), [uriOf(ORG), uriOf(A), uriOf(B)]);
      const [item] = await ask<CallHierarchyItem[]>('textDocument/prepareCallHierarchy', at(uriOf(A), 1, 0));
      const calls = await ask<{ from: CallHierarchyItem }[]>('callHierarchy/incomingCalls', { item });
      assert.deepEqual(
        calls.map(({ from }) => from.uri),
        [uriOf(B)],
      );
      const playbooks = await ask<PlaybooksResult>(PLAYBOOKS_REQUEST, {});
      assert.deepEqual(
        playbooks.map((one) => one.uri),
        [uriOf(A), uriOf(B)],
      );
    });

    it('are changed by nothing', async () => {
      const client = await start({ pull: true });
      const uri = gitUri(A);
      await client.open(uri, old);
      const range = { start: { line: 0, character: 0 }, end: { line: 14, character: 0 } };
      const asked = { textDocument: { uri }, range, context: { diagnostics: [] } };
      assert.deepEqual(await client.connection.sendRequest<CodeAction[]>('textDocument/codeAction', asked), []);
      for (const method of ['prepareRename', 'rename']) {
        const params = { ...at(uri, 3, 14), newName: 'cso' };
        await assert.rejects(
          client.connection.sendRequest(`textDocument/${method}`, params),
          /not a file of the workspace/,
        );
      }
      const lenses = await client.connection.sendRequest<object[]>('textDocument/codeLens', { textDocument: { uri } });
      assert.doesNotMatch(JSON.stringify(lenses), /gap/);
      const refused = /not a file of the workspace/;
      const script = await client.connection.sendRequest<ScriptResult>(SCRIPT_REQUEST, { uri });
      assert.match(script.fault ?? '', refused);
      const page = await client.connection.sendRequest<ExportResult>(EXPORT_REQUEST, { uri, format: 'html' });
      assert.match(page.fault ?? '', refused);
      const picture = await client.connection.sendRequest<ExportResult>(EXPORT_REQUEST, { uri, format: 'mermaid' });
      assert.match(picture.text ?? '', /Old/);
    });

    const NAMES: Readonly<Record<string, () => string>> = {
      'the old side of a diff': () => gitUri(A),
      'the old side of a diff of a file that is gone': () => gitUri('playbooks/gone.incident-playbook.yaml'),
      'a text that was not saved': () => 'untitled:Untitled-1',
      'a text that is to become a file': () => `untitled:${join(folder, 'c.incident-playbook.yaml')}`,
      'a version from local history': () => `vscode-local-history:${join(folder, A)}?{}`,
      'a file of a pull request': () => `review:${join(folder, A)}?{"path":"${A}","rootPath":"${folder}"}`,
      'a buffer of fugitive': () => `fugitive://${folder}/.git//0/${A}`,
      'a buffer of diffview': () => `diffview://${folder}/.git/:0:/${A}`,
      'a cell of a notebook': () => `vscode-notebook-cell:${join(folder, 'n.ipynb')}#W0sZmlsZQ`,
      'the output of a tool': () => 'output:extension-output-x',
      'a model in memory': () => 'inmemory://model/1',
      'something that is no URI': () => ':::',
    };
    for (const [name, uriFor] of Object.entries(NAMES)) {
      it(`are not reported on when they are asked about: ${name}`, async () => {
        const client = await start({ pull: true });
        const uri = uriFor();
        await client.open(uri, old);
        assert.deepEqual(await client.pull(uri), []);
        assert.deepEqual(await inWorkspace(client), clean);
        await client.change(uri, `${old}  - { id: old }\n`);
        assert.deepEqual(await client.pull(uri), []);
        await client.close(uri);
        assert.deepEqual(await client.pull(uri), []);
        assert.deepEqual(await inWorkspace(client), clean);
      });
    }

    it('are not reported on to a client that does not ask, and leave the others alone', async () => {
      const client = await start();
      const flawed = playbook('a', 'ghost');
      await client.open(gitUri(A), old);
      await client.open(uriOf(A), flawed);
      await client.pushed(uriOf(A), (found) => found.some(({ code }) => code === 'role-undefined'));
      await client.change(gitUri(A), `${old}# changed\n`);
      await client.close(gitUri(A));
      await client.change(uriOf(A), playbook('a'));
      await client.pushed(uriOf(A), (found) => found.every(({ code }) => code !== 'role-undefined'));
      assert.equal(client.hasPublished(gitUri(A)), false);
    });

    it('are files where the workspace is in a file system of their scheme, and no longer when it goes', async () => {
      const client = LanguageClient.raw();
      clients.push(client);
      const folders = [{ uri: 'memfs:/lab', name: 'lab' }];
      await client.connection.sendRequest('initialize', {
        processId: null,
        workspaceFolders: folders,
        capabilities: { textDocument: { diagnostic: {} }, workspace: { workspaceFolders: true } },
      });
      await client.connection.sendNotification('initialized', {});
      const uri = 'memfs:/lab/a.incident-playbook.yaml';
      await client.open(uri, playbook('a', 'ghost'));
      assert.deepEqual(await codes(client, uri), ['role-undefined', 'role-undefined']);
      await client.open('memfs:/lab/o.incident-org.yaml', ORGANIZATION.replace('ciso', 'ghost'));
      assert.deepEqual(await codes(client, uri), []);
      await client.connection.sendNotification('workspace/didChangeWorkspaceFolders', {
        event: { added: [], removed: folders },
      });
      await client.change(uri, 'format: playbook/v1\n');
      assert.deepEqual(await codes(client, uri), []);
    });

    it('know the organisation in a window without a folder as well', async () => {
      const client = await start({ pull: true }, undefined);
      const uri = gitUri(A);
      await client.open(uri, old);
      const hover = await client.connection.sendRequest<Hover>('textDocument/hover', at(uri, 3, 14));
      assert.match(JSON.stringify(hover.contents), /Held by Priya Shah/);
    });
  });

  describe('that are outside of the workspace', () => {
    it('are checked with what is around them as long as they are open', async () => {
      const other = folderWith({ [A]: playbook('a', 'ghost'), [B]: playbook('b', 'ghost'), [ROOT]: 'root: true\n' });
      const client = await start({ pull: true });
      const uri = pathToFileURL(join(other, A)).href;
      await client.open(uri, playbook('a', 'ghost'));
      assert.deepEqual(await codes(client, uri), ['role-undefined', 'role-undefined']);
      await client.close(uri);
      assert.deepEqual(await codes(client, uri), []);
      const { items } = await client.connection.sendRequest<WorkspaceDiagnosticReport>('workspace/diagnostic', {
        previousResultIds: [],
      });
      const outside = items.filter((item) => item.uri.startsWith(pathToFileURL(other).href));
      assert.deepEqual(outside, [{ kind: 'full', uri, version: null, items: [] }]);
      const symbols = await client.connection.sendRequest<SymbolInformation[]>('workspace/symbol', { query: '' });
      assert.ok(symbols.every(({ location }) => location.uri.startsWith(uriOf())));
      rmSync(other, { recursive: true });
    });

    for (const foreign of ['file:///C:/src/b.incident-playbook.yaml', 'file://server/share/b.incident-playbook.yaml']) {
      it(`are checked as they are open where their path means nothing on this machine: ${foreign}`, async function () {
        if (process.platform === 'win32') this.skip();
        const client = await start({ pull: true });
        await client.open(foreign, playbook('b', 'ghost'));
        assert.deepEqual(await codes(client, foreign), ['role-undefined', 'role-undefined']);
        await client.change(foreign, 'format: playbook/v1\n');
        assert.ok((await codes(client, foreign)).includes('schema'));
        assert.deepEqual(await codes(client, uriOf(A)), []);
        await client.close(foreign);
        assert.deepEqual(await inWorkspace(client), { ...clean, ...(await gone(foreign)) });
      });
    }
    const gone = async (uri: string) => ({ [uri.slice(uriOf().length + 1)]: [] });

    it('do not end the server, whatever they are called', async () => {
      const client = await start();
      const uris = [
        'file:',
        'file:///',
        'file:b.yaml',
        'file:///%00.yaml',
        'file:///a%2Fb%5C.yaml',
        'file:///%E0%A4%A.yaml',
        '',
      ];
      for (const uri of [...uris, '//', 'a b', 'file:////server/x.yaml', `file:///${'x'.repeat(70_000)}.yaml`]) {
        await client.open(uri, playbook('x'));
        await client.change(uri, playbook('y'));
        await client.connection.sendNotification('textDocument/didSave', { textDocument: { uri } });
        await client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri, type: 1 }] });
        await client.close(uri);
      }
      const hover = await client.connection.sendRequest<Hover>('textDocument/hover', {
        textDocument: { uri: uriOf(A) },
        position: { line: 3, character: 14 },
      });
      assert.match(JSON.stringify(hover.contents), /Priya Shah/);
    });
  });

  describe('with several names', () => {
    beforeEach(() => {
      symlinkSync('playbooks', join(folder, 'current'));
      symlinkSync(folder, `${folder}-link`);
    });
    afterEach(() => rmSync(`${folder}-link`));
    const linked = (name: string) => pathToFileURL(join(`${folder}-link`, name)).href;

    it('are one file through a link in the workspace', async () => {
      const client = await start({ pull: true });
      const uri = uriOf('current/a.incident-playbook.yaml');
      await client.open(uri, playbook('a'));
      assert.deepEqual(await codes(client, uri), []);
      await client.change(uri, playbook('another'));
      assert.ok((await codes(client, uriOf(B))).includes('next-undefined'));
      await client.open(uriOf(A), playbook('a'));
      assert.deepEqual(await codes(client, uriOf(B)), []);
      await client.close(uriOf(A));
      assert.ok((await codes(client, uriOf(B))).includes('next-undefined'));
    });

    it('are called as the client calls its folder', async () => {
      const client = await start({ pull: true }, `${folder}-link`);
      const uri = linked(B);
      await client.open(uri, playbook('b', 'ciso', '  - { id: then, owner: ciso, playbook: a }\n'));
      assert.deepEqual(await codes(client, uri), []);
      const [definition] = await client.connection.sendRequest<Location[]>('textDocument/definition', {
        textDocument: { uri },
        position: { line: 3, character: 14 },
      });
      assert.equal(definition?.uri, linked(ORG));
      const { items } = await client.connection.sendRequest<WorkspaceDiagnosticReport>('workspace/diagnostic', {
        previousResultIds: [],
      });
      assert.deepEqual(items.map((item) => item.uri).sort(), [ROOT, A, B, ORG].map(linked).sort());
    });

    it('are one file where a link leads to what would be passed over', async () => {
      mkdirSync(join(folder, '.shared'));
      writeFileSync(join(folder, '.shared/c.incident-playbook.yaml'), playbook('c'));
      symlinkSync('.shared/c.incident-playbook.yaml', join(folder, 'c.incident-playbook.yaml'));
      const client = await start({ pull: true });
      const uri = uriOf('c.incident-playbook.yaml');
      await client.open(uri, playbook('c'));
      assert.deepEqual(await codes(client, uri), []);
      assert.deepEqual(await inWorkspace(client), { ...clean, 'c.incident-playbook.yaml': [] });
    });

    it('are watched by whichever name', async () => {
      const client = await start({ pull: true });
      writeFileSync(join(folder, ORG), ORGANIZATION.replace('ciso', 'chief'));
      await client.connection.sendNotification('workspace/didChangeWatchedFiles', {
        changes: [{ uri: linked(ORG), type: 2 }],
      });
      assert.deepEqual(await codes(client, uriOf(A)), ['role-undefined', 'role-undefined']);
    });

    it('stay files of the workspace where a link leads out of it', async () => {
      const outside = folderWith({ 'shared.incident-playbook.yaml': playbook('shared') });
      symlinkSync(join(outside, 'shared.incident-playbook.yaml'), join(folder, 'shared.incident-playbook.yaml'));
      const client = await start({ pull: true });
      const uri = uriOf('shared.incident-playbook.yaml');
      await client.open(uri, playbook('shared'));
      assert.deepEqual(await codes(client, uri), []);
      rmSync(outside, { recursive: true });
    });

    it('are pushed to under each name that is open', async () => {
      const client = await start();
      const names = [uriOf(A), uriOf('current/a.incident-playbook.yaml')] as const;
      for (const uri of names) await client.open(uri, playbook('a', 'ghost'));
      for (const uri of names) await client.pushed(uri, (found) => found.some(({ code }) => code === 'role-undefined'));
      await client.close(names[0]);
      await client.pushed(names[0], (found) => found.length === 0);
      await client.change(names[1], playbook('a'));
      await client.pushed(names[1], (found) => found.every(({ code }) => code !== 'role-undefined'));
    });
  });

  describe('whose files others change', () => {
    const WATCHERS: Readonly<Record<string, object>> = {
      'says that it cannot watch': { didChangeWatchedFiles: { dynamicRegistration: false } },
      'says nothing of watching': { didChangeWatchedFiles: undefined },
      'says that it watches, and does not': { didChangeWatchedFiles: { dynamicRegistration: true } },
    };
    for (const [name, workspace] of Object.entries(WATCHERS)) {
      it(`are read again when a document is opened, saved or closed, where the client ${name}`, async () => {
        const client = await start({ pull: true, workspace });
        const [a, b] = [uriOf(A), uriOf(B)];
        const text = playbook('a', 'chief');
        await client.open(a, text);
        assert.deepEqual(await codes(client, a), ['role-undefined', 'role-undefined']);
        appendFileSync(join(folder, ORG), '  chief: { title: Chief, holder: priya }\n');
        await client.connection.sendNotification('textDocument/didSave', { textDocument: { uri: a } });
        assert.deepEqual(await codes(client, a), []);
        writeFileSync(join(folder, ROOT), 'root: true\nrules: { role-undefined: off }\n');
        rmSync(join(folder, ORG));
        await client.open(b, playbook('b', 'ciso', '  - { id: then, owner: ciso, playbook: c }\n'));
        assert.deepEqual(await codes(client, b), ['next-undefined']);
        renameSync(join(folder, A), join(folder, 'playbooks/c.incident-playbook.yaml'));
        writeFileSync(join(folder, 'playbooks/c.incident-playbook.yaml'), playbook('c'));
        await client.close(a);
        assert.deepEqual(await codes(client, b), []);
        assert.deepEqual(await codes(client, a), []);
      });
    }

    it('are told to a client that does not ask', async () => {
      const client = await start({ workspace: { didChangeWatchedFiles: { dynamicRegistration: false } } });
      await client.open(uriOf(A), playbook('a', 'chief'));
      await client.pushed(uriOf(A), (found) => found.some(({ code }) => code === 'role-undefined'));
      appendFileSync(join(folder, ORG), '  chief: { title: Chief, holder: priya }\n');
      await client.connection.sendNotification('textDocument/didSave', { textDocument: { uri: uriOf(A) } });
      await client.pushed(uriOf(A), (found) => found.every(({ code }) => code !== 'role-undefined'));
    });

    it('follow a folder that is renamed, whatever is told of it', async () => {
      const events: Readonly<Record<string, readonly [string, 1 | 2 | 3][]>> = {
        'the folders': [
          ['org', 3],
          ['organisation', 1],
        ],
        'the new file and the old folder': [
          ['organisation/o.incident-org.yaml', 1],
          ['org', 3],
        ],
        'the new file': [['organisation/o.incident-org.yaml', 1]],
        'the new folder': [['organisation', 1]],
        'that the new folder has changed': [['organisation', 2]],
      };
      for (const [what, changes] of Object.entries(events)) {
        const client = await start({ pull: true });
        renameSync(join(folder, 'org'), join(folder, 'organisation'));
        await told(client, changes);
        const moved = { [ROOT]: [], [A]: [], [B]: [], 'organisation/o.incident-org.yaml': [] };
        assert.deepEqual(await inWorkspace(client), moved, what);
        renameSync(join(folder, 'organisation'), join(folder, 'org'));
      }
    });

    it('follow a folder that is deleted and comes back, and are open all the while', async () => {
      const client = await start();
      await client.open(uriOf(A), playbook('a'));
      await client.pushed(uriOf(A), (found) => found.every(({ code }) => code !== 'role-undefined'));
      renameSync(join(folder, 'org'), `${folder}-org`);
      await told(client, [['org', 3]]);
      await client.pushed(uriOf(A), (found) => found.some(({ code }) => code === 'role-undefined'));
      renameSync(`${folder}-org`, join(folder, 'org'));
      await told(client, [['org', 1]]);
      await client.pushed(uriOf(A), (found) => found.every(({ code }) => code !== 'role-undefined'));
      rmSync(join(folder, 'playbooks'), { recursive: true });
      await told(client, [['playbooks', 3]]);
      await client.change(uriOf(A), playbook('a', 'ghost'));
      await client.pushed(uriOf(A), (found) => found.some(({ code }) => code === 'role-undefined'));
    });

    it('are followed where the client tells what it has done to them itself', async () => {
      const client = await start({ pull: true, workspace: { fileOperations: { didRename: true } } });
      renameSync(join(folder, 'org'), join(folder, 'organisation'));
      await client.connection.sendNotification('workspace/didRenameFiles', {
        files: [{ oldUri: uriOf('org'), newUri: uriOf('organisation') }],
      });
      assert.ok('organisation/o.incident-org.yaml' in (await inWorkspace(client)));
      rmSync(join(folder, 'organisation'), { recursive: true });
      await client.connection.sendNotification('workspace/didDeleteFiles', { files: [{ uri: uriOf('organisation') }] });
      assert.deepEqual((await inWorkspace(client))[A], ['role-undefined', 'role-undefined']);
      mkdirSync(join(folder, 'org'));
      writeFileSync(join(folder, ORG), ORGANIZATION);
      await client.connection.sendNotification('workspace/didCreateFiles', { files: [{ uri: uriOf('org') }] });
      assert.deepEqual(await inWorkspace(client), clean);
    });

    it('are there as long as the disk says so, whatever is told', async () => {
      const client = await start({ pull: true });
      await told(client, [
        [ORG, 3],
        ['playbooks', 3],
      ]);
      assert.deepEqual(await inWorkspace(client), clean);
    });

    it('go and come back with what git ignores', async () => {
      mkdirSync(join(folder, '.git'));
      writeFileSync(join(folder, '.git/HEAD'), 'ref: refs/heads/main\n');
      const client = await start({ pull: true });
      writeFileSync(join(folder, '.gitignore'), 'org/\n');
      await told(client, [['.gitignore', 1]]);
      assert.deepEqual(await codes(client, uriOf(A)), ['role-undefined', 'role-undefined']);
      rmSync(join(folder, '.gitignore'));
      await told(client, [['.gitignore', 3]]);
      assert.deepEqual(await codes(client, uriOf(A)), []);
    });

    it('are not taken from folders that nobody would look into', async () => {
      const client = await start({ pull: true });
      const hidden = ['node_modules/x/a.incident-playbook.yaml', '.cache/a.incident-playbook.yaml'];
      for (const name of hidden) {
        mkdirSync(join(folder, name, '..'), { recursive: true });
        writeFileSync(join(folder, name), playbook('a'));
      }
      await told(client, [...hidden.map((name): [string, 1] => [name, 1]), ['node_modules', 1]]);
      assert.deepEqual(await inWorkspace(client), clean);
    });
  });

  it('are formatted where they are not saved yet', async () => {
    const client = await start({ pull: true });
    await client.open('untitled:Untitled-1', 'format: playbook/v1  \nid: a\n');
    const edits = await client.connection.sendRequest<TextEdit[]>('textDocument/formatting', {
      textDocument: { uri: 'untitled:Untitled-1' },
      options: { tabSize: 2, insertSpaces: true },
    });
    assert.equal(edits.length, 1);
  });
});
