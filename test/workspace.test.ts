/** Workspaces of several folders, and large ones: through the real protocol. */
import assert from 'node:assert/strict';
import { linkSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { CancellationTokenSource } from 'vscode-jsonrpc/node';
import type { Location, WorkspaceDiagnosticReport } from 'vscode-languageserver-protocol';
import { generatePlaybook } from './bench/generate-playbook.js';
import { folderWith } from './harness/folder.js';
import { LanguageClient } from './harness/language-client.js';

const ORGANIZATION = (role: string) =>
  `format: organization/v1\npeople: { priya: { name: Priya Shah } }\nroles: { ${role}: { title: A role, holder: priya } }\n`;
const PLAYBOOK = (id: string, role: string) =>
  `format: playbook/v1\nid: ${id}\ntitle: A\nsteps:\n  - id: look\n    owner: ${role}\n    instructions: Look.\n`;
const ROOT = '.incident-playbooks.yaml';
const uriOf = (...path: string[]) => pathToFileURL(join(...path)).href;

describe('a workspace of several folders', () => {
  let folder: string;
  let client: LanguageClient;
  const codesOf = async (name: string) => (await client.pull(uriOf(folder, name))).map(({ code }) => code);

  before(async () => {
    folder = folderWith({
      [`north/${ROOT}`]: 'root: true\n',
      'north/o.incident-org.yaml': ORGANIZATION('ciso'),
      'north/a.incident-playbook.yaml': PLAYBOOK('same', 'ciso'),
      [`south/${ROOT}`]: 'root: true\n',
      'south/o.incident-org.yaml': ORGANIZATION('coo'),
      'south/a.incident-playbook.yaml': PLAYBOOK('same', 'ciso'),
    });
    client = await LanguageClient.start([join(folder, 'north'), join(folder, 'south')], {
      pull: true,
      workspace: { workspaceFolders: true },
    });
  });
  after(async () => {
    assert.equal(await client.stop(), 0);
    rmSync(folder, { recursive: true });
  });

  it('keeps ids of one folder apart from those of the other', async () => {
    assert.ok(!(await codesOf('north/a.incident-playbook.yaml')).includes('role-undefined'));
    assert.ok((await codesOf('south/a.incident-playbook.yaml')).includes('role-undefined'));
    const references = await client.connection.sendRequest<Location[]>('textDocument/references', {
      textDocument: { uri: uriOf(folder, 'north/o.incident-org.yaml') },
      position: { line: 2, character: 10 },
      context: { includeDeclaration: false },
    });
    assert.deepEqual(
      references.map(({ uri }) => uri),
      [uriOf(folder, 'north/a.incident-playbook.yaml')],
    );
  });

  it('takes folders out and in again, and keeps files that are open', async () => {
    const change = (added: string[], removed: string[]) => {
      const named = (names: string[]) => names.map((name) => ({ uri: uriOf(folder, name), name }));
      return client.connection.sendNotification('workspace/didChangeWorkspaceFolders', {
        event: { added: named(added), removed: named(removed) },
      });
    };
    const filesWithProblems = async () => {
      const all = await client.connection.sendRequest<WorkspaceDiagnosticReport>('workspace/diagnostic', {
        previousResultIds: [],
      });
      return all.items.map(({ uri }) => uri.slice(uriOf(folder).length + 1)).filter((name) => !name.endsWith(ROOT));
    };
    const both = ['north/a.incident-playbook.yaml', 'north/o.incident-org.yaml'];
    const south = ['south/a.incident-playbook.yaml', 'south/o.incident-org.yaml'];
    assert.deepEqual(await filesWithProblems(), [...both, ...south]);
    await change([], ['south']);
    assert.deepEqual(await filesWithProblems(), both);
    const open = uriOf(folder, 'north/a.incident-playbook.yaml');
    await client.open(open, PLAYBOOK('same', 'ciso'));
    await change(['south'], ['north']);
    assert.deepEqual(await filesWithProblems(), ['north/a.incident-playbook.yaml', ...south]);
    await client.close(open);
    await change(['north'], []);
    assert.deepEqual(await filesWithProblems(), [...both, ...south]);
  });

  it('keeps a repository as long as one of its folders is open', async () => {
    mkdirSync(join(folder, 'repository/.git'), { recursive: true });
    for (const name of ['one', 'two']) {
      mkdirSync(join(folder, 'repository', name));
      writeFileSync(join(folder, 'repository', name, 'a.incident-playbook.yaml'), PLAYBOOK(name, 'ciso'));
    }
    const roots = ['one', 'two'].map((name) => join(folder, 'repository', name));
    const other = await LanguageClient.start(roots, { pull: true, workspace: { workspaceFolders: true } });
    await other.connection.sendNotification('workspace/didChangeWorkspaceFolders', {
      event: { added: [], removed: [{ uri: uriOf(roots[0] ?? ''), name: 'one' }] },
    });
    const left = await other.pull(uriOf(roots[1] ?? '', 'a.incident-playbook.yaml'));
    assert.ok(left.some(({ code }) => code === 'role-undefined'));
    assert.equal(await other.stop(), 0);
  });
});

describe('a large workspace', () => {
  /** Names of one large file of somebody else: reading them takes seconds, keeping them takes nothing. */
  const COUNT = 4000;
  let folder: string;

  before(() => {
    folder = folderWith({
      [ROOT]: 'root: true\n',
      'a.yaml': 'kind: Deployment\n'.repeat(50_000),
      'z/o.incident-org.yaml': ORGANIZATION('ciso'),
    });
    for (let index = 0; index < COUNT; index++) linkSync(join(folder, 'a.yaml'), join(folder, `b${index}.yaml`));
  });
  after(() => rmSync(folder, { recursive: true }));

  async function start(): Promise<{ client: LanguageClient; told: string[]; token: Promise<unknown> }> {
    const client = LanguageClient.raw();
    const told: string[] = [];
    const token = new Promise<unknown>((resolve) =>
      client.connection.onRequest('window/workDoneProgress/create', (params: { token: unknown }) => {
        resolve(params.token);
        return null;
      }),
    );
    client.connection.onNotification('$/progress', ({ value }: { value: { kind: string; title?: string } }) => {
      told.push(value.title ?? value.kind);
    });
    client.connection.onNotification('window/showMessage', ({ message }: { message: string }) => {
      told.push(message);
    });
    const uri = uriOf(folder);
    await client.connection.sendRequest('initialize', {
      processId: process.pid,
      workspaceFolders: [{ uri, name: 'large' }],
      capabilities: { window: { workDoneProgress: true }, textDocument: { diagnostic: {} } },
    });
    await client.connection.sendNotification('initialized', {});
    return { client, told, token };
  }

  it('is read with progress, and nothing wrong is said before it is', async () => {
    const { client, told } = await start();
    const uri = uriOf(folder, 'a.incident-playbook.yaml');
    await client.open(uri, PLAYBOOK('a', 'ciso'));
    const codes = (await client.pull(uri)).map(({ code }) => code);
    assert.ok(codes.includes('exercise-missing') && !codes.includes('role-undefined'), codes.join());
    await client.until(
      () => told.includes('end'),
      () => told.join(),
    );
    assert.equal(told[0], 'Reading playbooks');
    assert.ok(told.includes('report'));
    assert.equal(await client.stop(), 0);
  }).timeout(60_000);

  it('is left unread when somebody says so, which is told', async () => {
    const { client, told, token } = await start();
    const given = await token;
    await client.until(
      () => told.includes('Reading playbooks'),
      () => told.join(),
    );
    await client.connection.sendNotification('window/workDoneProgress/cancel', { token: given });
    await client.until(
      () => told.some((text) => text.startsWith('Not all playbooks were read')),
      () => told.join(),
    );
    const uri = uriOf(folder, 'a.incident-playbook.yaml');
    await client.open(uri, PLAYBOOK('a', 'ciso'));
    assert.ok((await client.pull(uri)).some(({ code }) => code === 'role-undefined'));
    assert.equal(await client.stop(), 0);
  }).timeout(60_000);
});

describe('the problems of a whole workspace', () => {
  let folder: string;
  let client: LanguageClient;

  before(async function () {
    this.timeout(60_000);
    const names = Array.from({ length: 300 }, (_, index) => `p${index}`);
    folder = folderWith({
      [ROOT]: 'root: true\n',
      ...Object.fromEntries(names.map((id) => [`${id}.incident-playbook.yaml`, PLAYBOOK(id, 'nobody')])),
    });
    client = await LanguageClient.start(folder, { pull: true });
  });
  after(async () => {
    assert.equal(await client.stop(), 0);
    rmSync(folder, { recursive: true });
  });

  it('come in parts where the client wants parts, and do not keep a question about one file waiting', async () => {
    const order: string[] = [];
    const parts: number[] = [];
    client.connection.onNotification('$/progress', ({ value }: { value: WorkspaceDiagnosticReport }) => {
      parts.push(value.items.length);
    });
    const all = client.connection
      .sendRequest<WorkspaceDiagnosticReport>('workspace/diagnostic', { previousResultIds: [], partialResultToken: 1 })
      .then((report) => {
        order.push('all');
        return report;
      });
    const one = client.pull(uriOf(folder, 'p7.incident-playbook.yaml')).then(() => order.push('one'));
    await Promise.all([all, one]);
    assert.deepEqual(order, ['one', 'all']);
    assert.ok(parts.length > 1, 'only one part');
    assert.equal(
      parts.reduce((sum, count) => sum + count, (await all).items.length),
      301,
    );
  });

  it('are no longer looked for when the client takes its question back', async () => {
    const large = uriOf(folder, 'large.incident-playbook.yaml');
    await client.open(large, generatePlaybook(1000));
    await client.open(uriOf(folder, 'o.incident-org.yaml'), ORGANIZATION('nobody'));
    const source = new CancellationTokenSource();
    const asked = client.connection.sendRequest('workspace/diagnostic', { previousResultIds: [] }, source.token);
    source.cancel();
    await assert.rejects(asked, /[Cc]ancelled/);
  });
});
