/** Git repositories that somebody else has made: nothing in them runs, and what git knows of files is made use of. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { BINDER_REQUEST, type BinderParams, type BinderResult, TRUST_GRANTED } from '../server/lsp/messages.js';
import { CLEAN_PLAYBOOK, ITS_PEOPLE_AND_ROLES } from './harness/clean-playbook.js';
import { folderWith } from './harness/folder.js';
import { commitAll, git } from './harness/git.js';
import { LanguageClient } from './harness/language-client.js';
import { type Run, runCli } from './harness/run-cli.js';

const ORGANIZATION = `format: organization/v1\n${ITS_PEOPLE_AND_ROLES}`;
const playbook = (id: string) => CLEAN_PLAYBOOK.replace('id: watch\n', `id: ${id}\n`);
const flawed = (id: string) => playbook(id).replace('    owner: soc\n', '');
const TODAY = ['--today', '2026-11-20'];
const PATH = process.env['PATH'] ?? '';

describe('a repository', () => {
  const folders: string[] = [];
  const folderOf = (files: Record<string, string>) => {
    const folder = folderWith(files);
    folders.push(folder);
    return folder;
  };
  after(() => {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  });
  const check = (folder: string, ...args: string[]) => runCli(['check', ...TODAY, '--format', 'unix', ...args], folder);
  const filesIn = ({ out }: Run) => [
    ...new Set(
      out
        .split('\n')
        .filter(Boolean)
        .map((line) => line.split(':')[0]),
    ),
  ];
  const binderFrom = async (client: LanguageClient, path: string) => {
    const params: BinderParams = { uris: [pathToFileURL(path).href], format: 'html', withPeople: true };
    const result = await client.connection.sendRequest<BinderResult>(BINDER_REQUEST, params);
    const [file] = 'files' in result && result.files ? result.files : [];
    return Buffer.from(file?.content ?? '', 'base64').toString('utf8');
  };

  /** Runs something with other variables in the environment, which servers that it starts get as well. */
  async function withEnvironment<T>(variables: Readonly<Record<string, string>>, act: () => Promise<T>): Promise<T> {
    const before = Object.keys(variables).map((name) => [name, process.env[name]] as const);
    Object.assign(process.env, variables);
    try {
      return await act();
    } finally {
      for (const [name, value] of before) {
        if (value === undefined) delete process.env[name];
        else process.env[name] = value;
      }
    }
  }

  describe('whose configuration names programs', () => {
    let folder: string;
    let ran: string;
    let program: string;
    let missing: string;

    /** A command line that leaves a mark. */
    const marking = (name: string) => `"${program}" ${name}`;
    const marks = () => readdirSync(ran).sort();
    const clean = () => {
      for (const name of readdirSync(ran)) rmSync(join(ran, name));
    };

    before(function () {
      if (process.platform === 'win32') this.skip();
      ran = folderOf({});
      program = join(folderOf({ program: `#!/bin/sh\n: > "${ran}/$1"\n[ "$1" = clean ] && exec cat\n` }), 'program');
      chmodSync(program, 0o755);
      folder = folderOf({
        'a.incident-playbook.yaml': playbook('a'),
        'b.incident-playbook.yml': playbook('b'),
        'o.incident-org.yaml': ORGANIZATION,
        'notes.txt': 'notes\n',
        '.gitattributes': '*.yaml filter=one\n*.yml filter=two\n*.txt diff=three\n',
        'bare/c.incident-playbook.yaml': playbook('c'),
        'bare/HEAD': 'ref: refs/heads/main\n',
        'bare/objects/keep': '',
        'bare/refs/keep': '',
        'bare/config': '[core]\n\trepositoryformatversion = 0\n\tbare = false\n\tworktree = .\n',
        git: `#!/bin/sh\n: > "${ran}/git-here"\n`,
        'node_modules/.bin/git': `#!/bin/sh\n: > "${ran}/git-of-package"\n`,
      });
      chmodSync(join(folder, 'git'), 0o755);
      chmodSync(join(folder, 'node_modules/.bin/git'), 0o755);
      const inner = folderOf({ 'd.incident-playbook.yaml': playbook('d') });
      commitAll(inner);
      git(folder, 'init', '-q');
      git(folder, '-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', inner, 'sub');
      git(folder, 'add', '-A');
      git(folder, 'commit', '-qm', 'First');
      missing = '1'.repeat(40);
      const set = (key: string, value: string, at = folder) => git(at, 'config', key, value);
      const included = join(folder, '.git/included');
      writeFileSync(included, `[core]\n\tfsmonitor = "${marking('fsmonitor').replaceAll('"', '\\"')}"\n`);
      set('include.path', included);
      set('extensions.worktreeConfig', 'true');
      mkdirSync(join(folder, '.git/mine'));
      writeFileSync(join(folder, '.git/mine/post-index-change'), `#!/bin/sh\n${marking('hook')} < /dev/null\n`);
      chmodSync(join(folder, '.git/mine/post-index-change'), 0o755);
      git(folder, 'config', '--worktree', 'core.hooksPath', join(folder, '.git/mine'));
      set('filter.one.clean', marking('clean'));
      set('filter.two.process', marking('process'));
      set('diff.three.textconv', marking('textconv'));
      set('diff.four.command', marking('command'));
      set('alias.rev-parse', `!${marking('alias')}`);
      set('core.sshCommand', marking('ssh'));
      set('credential.helper', `!${marking('credential')}`);
      set('core.pager', marking('pager'));
      set('protocol.ext.allow', 'always');
      set('core.repositoryFormatVersion', '1');
      set('extensions.partialClone', 'first');
      set('remote.first.url', `ext::${program} transport`);
      set('remote.first.promisor', 'true');
      set('remote.second.url', 'ssh://localhost/nowhere');
      set('remote.second.promisor', 'true');
      set('core.fsmonitor', marking('fsmonitor-of-submodule'), join(folder, 'sub'));
      git(join(folder, 'bare'), 'config', '--file', 'config', 'core.fsmonitor', marking('fsmonitor-of-bare'));
      for (const name of ['a.incident-playbook.yaml', 'b.incident-playbook.yml']) {
        appendFileSync(join(folder, name), '# changed\n');
      }
      appendFileSync(join(folder, 'notes.txt'), 'changed\n');
    });

    beforeEach(clean);

    it('would run them all under git itself', () => {
      const plain = (args: readonly string[], at = folder, environment: Record<string, string> = {}) =>
        spawnSync('git', args, { cwd: at, env: { ...process.env, ...environment }, timeout: 20_000 });
      for (const [name, run] of [
        ['fsmonitor', () => plain(['status'])],
        ['fsmonitor-of-submodule', () => plain(['status'])],
        ['fsmonitor-of-bare', () => plain(['status'], join(folder, 'bare'))],
        ['hook', () => plain(['update-index', '--force-write-index'])],
        ['clean', () => plain(['diff', '--', '*.yaml'])],
        ['process', () => plain(['diff', '--', '*.yml'])],
        ['textconv', () => plain(['diff', '--', '*.txt'])],
        ['external', () => plain(['diff', '--', '*.txt'], folder, { GIT_EXTERNAL_DIFF: marking('external') })],
        ['ssh', () => plain(['cat-file', '-e', missing])],
        ['transport', () => plain(['fetch', 'first'])],
        [
          'git-here',
          () => spawnSync('sh', ['-c', 'git status'], { cwd: folder, env: { PATH: `.${delimiter}${PATH}` } }),
        ],
      ] as const) {
        clean();
        run();
        assert.ok(marks().includes(name), `${name}: ${marks()}`);
      }
      clean();
    }).timeout(60_000);

    const environment = () => ({
      PATH: ['', '.', folder, join(folder, 'node_modules/.bin'), PATH].join(delimiter),
      GIT_EXTERNAL_DIFF: marking('external'),
      GIT_SSH_COMMAND: marking('ssh'),
      GIT_PAGER: marking('pager'),
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: 'core.fsmonitor',
      GIT_CONFIG_VALUE_0: marking('fsmonitor'),
    });

    it('runs none of them when its changes are checked', () => {
      for (const at of [folder, join(folder, 'bare'), join(folder, 'sub')]) {
        const { code, out, err } = runCli(['check', '--changed-since', 'HEAD', '.', ...TODAY], at, environment());
        assert.notEqual(code, 3, out + err);
        assert.deepEqual(marks(), []);
      }
      const changed = runCli(['check', '--changed-since', 'HEAD', '--format', 'json', ...TODAY], folder, environment());
      assert.equal((JSON.parse(changed.out) as { summary: { files: number } }).summary.files, 3, changed.out);
      const unknown = runCli(['check', '--changed-since', missing, ...TODAY], folder, environment());
      assert.equal(unknown.code, 2);
      assert.match(unknown.err, /git says/);
      assert.deepEqual(marks(), []);
    }).timeout(60_000);

    it('runs none of them when a binder is made from it, on the command line or by the server', async () => {
      for (const path of ['.', 'bare', 'sub']) {
        const out = join(folderOf({}), 'b.html');
        const { code, err } = runCli(['binder', path, '-o', out, ...TODAY], folder, environment());
        assert.equal(code, 0, err);
        if (path === '.')
          assert.ok(
            readFileSync(out, 'utf8').includes(
              `${git(folder, 'log', '-1', '--format=%h', '--abbrev=12')}, with changes since`,
            ),
          );
        assert.deepEqual(marks(), []);
      }
      await withEnvironment(environment(), async () => {
        const client = await LanguageClient.start(folder);
        assert.match(await binderFrom(client, join(folder, 'bare/c.incident-playbook.yaml')), /with changes since/);
        await client.stop();
      });
      assert.deepEqual(marks(), []);
    }).timeout(60_000);
  });

  it('is not looked at with git while the user does not trust it', async function () {
    if (process.platform === 'win32') this.skip();
    const folder = folderOf({ 'a.incident-playbook.yaml': playbook('a'), 'o.incident-org.yaml': ORGANIZATION });
    commitAll(folder);
    const commit = git(folder, 'rev-parse', '--short=12', 'HEAD');
    const asked = join(folderOf({}), 'asked');
    const bin = folderOf({ git: `#!/bin/sh\n: > "${asked}"\nPATH="${PATH}" exec git "$@"\n` });
    chmodSync(join(bin, 'git'), 0o755);
    await withEnvironment({ PATH: `${bin}${delimiter}${PATH}` }, async () => {
      const path = join(folder, 'a.incident-playbook.yaml');
      const client = await LanguageClient.start(folder, { initializationOptions: { isTrusted: false } });
      const restricted = await binderFrom(client, path);
      assert.match(restricted, /Revision[\s\S]{0,80}not known/);
      assert.throws(() => readFileSync(asked), /ENOENT/);
      await client.connection.sendNotification(TRUST_GRANTED);
      assert.ok((await binderFrom(client, path)).includes(commit));
      readFileSync(asked);
      await client.stop();
    });
  }).timeout(60_000);

  describe('with a branch', () => {
    const branched = () => {
      const folder = folderOf({
        'a.incident-playbook.yaml': flawed('a'),
        'b.incident-playbook.yaml': flawed('b'),
        'o.incident-org.yaml': ORGANIZATION,
      });
      commitAll(folder);
      git(folder, 'checkout', '-qb', 'mine');
      appendFileSync(join(folder, 'a.incident-playbook.yaml'), '# mine\n');
      git(folder, 'commit', '-qam', 'Mine');
      git(folder, 'checkout', '-q', 'main');
      writeFileSync(join(folder, 'b.incident-playbook.yaml'), playbook('b'));
      git(folder, 'commit', '-qam', 'Mended on main');
      git(folder, 'checkout', '-q', 'mine');
      return folder;
    };

    it('is told only of what has changed in it, and not of what others have done since', () => {
      const folder = branched();
      const { code, err, ...run } = check(folder, '--changed-since', 'main');
      assert.deepEqual([code, err, filesIn({ code, err, ...run })], [1, '', ['a.incident-playbook.yaml']]);
      git(folder, 'tag', '-a', 'v1', '-m', 'v1', 'main');
      assert.deepEqual(filesIn(check(folder, '--changed-since', 'v1')), ['a.incident-playbook.yaml']);
    });

    it('is told of what is not committed, staged or not, renamed, and new, from a folder of its own too', () => {
      const folder = branched();
      writeFileSync(join(folder, 'b.incident-playbook.yaml'), `${flawed('b')}# staged\n`);
      git(folder, 'add', '-A');
      mkdirSync(join(folder, 'deep "\n'));
      writeFileSync(join(folder, 'deep "\n/c.incident-playbook.yaml'), flawed('c'));
      git(folder, 'mv', 'a.incident-playbook.yaml', 'moved.incident-playbook.yaml');
      const found = (path: string, at = folder) => check(at, '--changed-since', 'main', path).out;
      for (const name of ['b', 'moved', 'c'])
        assert.match(found('.'), new RegExp(`${name}\\.incident-playbook\\.yaml:`));
      assert.match(found('.', join(folder, 'deep "\n')), /^c\.incident-playbook\.yaml:/);
      assert.match(found('deep "\n'), /c\.incident-playbook\.yaml:/);
    });

    it('is not told of files whose lines only end otherwise', () => {
      const folder = branched();
      for (const id of ['a', 'b']) {
        const path = join(folder, `${id}.incident-playbook.yaml`);
        writeFileSync(path, readFileSync(path, 'utf8').replaceAll('\n', '\r\n'));
      }
      assert.deepEqual(filesIn(check(folder, '--changed-since', 'HEAD')), []);
    });

    it('is told how to go on where the place at which it left cannot be found', () => {
      const origin = branched();
      git(origin, 'checkout', '-q', 'main');
      const clone = join(folderOf({}), 'clone');
      git(origin, 'clone', '-q', '--depth', '1', '--no-single-branch', pathToFileURL(origin).href, clone);
      git(clone, 'checkout', '-q', 'mine');
      const { code, out, err } = check(clone, '--changed-since', 'origin/main');
      assert.equal(code, 1);
      assert.match(err, /Where the current branch left "origin\/main" is not known.*all that differs.*fetch-depth: 0/s);
      assert.match(out, /^b\./m);
      const unknown = check(clone, '--changed-since', 'origin/other');
      assert.equal(unknown.code, 2);
      assert.match(unknown.err, /git says: .*origin\/other.*shallow.*fetch-depth: 0/);
      git(clone, 'fetch', '-q', '--unshallow');
      assert.deepEqual(filesIn(check(clone, '--changed-since', 'origin/main')), ['a.incident-playbook.yaml']);
    });

    it('is asked for one revision, not for a range, an option, or something else', () => {
      const folder = branched();
      for (const [revision, words] of [
        ['main..mine', /"main\.\.mine" is a range\. Name one revision/],
        ['main...', /is a range/],
        ['-p', /"-p" is not a revision/],
        ['HEAD:a.incident-playbook.yaml', /git says: /],
        ['main\nx', /git says: /],
      ] as const) {
        const { code, err } = check(folder, '--changed-since', revision);
        assert.equal(code, 2, err);
        assert.match(err, words);
        assert.doesNotMatch(err, /bug of ours|^ {4}at /m);
      }
      const outside = folderOf({ 'a.incident-playbook.yaml': flawed('a') });
      assert.match(check(outside, '--changed-since', 'HEAD').err, /is in no git repository/);
    });

    it('may lie in a work tree of its own, have no commit yet, or hold submodules', () => {
      const folder = branched();
      const tree = join(folderOf({}), 'tree');
      git(folder, 'worktree', 'add', '-q', tree, 'main');
      appendFileSync(join(tree, 'a.incident-playbook.yaml'), '# changed\n');
      assert.deepEqual(filesIn(check(tree, '--changed-since', 'HEAD')), ['a.incident-playbook.yaml']);

      const fresh = folderOf({ 'a.incident-playbook.yaml': flawed('a') });
      git(fresh, 'init', '-q');
      assert.match(check(fresh, '--changed-since', 'HEAD').err, /git says/);

      git(folder, '-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', branched(), 'sub');
      git(folder, 'commit', '-qm', 'Submodule');
      assert.deepEqual(filesIn(check(folder, '--changed-since', 'HEAD')), []);
      appendFileSync(join(folder, 'sub/b.incident-playbook.yaml'), '# changed\n');
      git(join(folder, 'sub'), 'commit', '-qam', 'Moved on');
      // The same id in the work tree around it is another file, which this one concerns.
      const concerned = filesIn(check(folder, '--changed-since', 'HEAD')).filter((name) => /playbook/.test(name ?? ''));
      assert.deepEqual(concerned, ['b.incident-playbook.yaml', 'sub/b.incident-playbook.yaml']);
      const nested = join(folder, 'nested');
      mkdirSync(nested);
      writeFileSync(join(nested, 'n.incident-playbook.yaml'), flawed('n'));
      commitAll(nested);
      assert.ok(filesIn(check(folder, '--changed-since', 'HEAD')).includes('nested/n.incident-playbook.yaml'));
    });
  });

  describe('that ignores files', () => {
    const copies = { 'a.incident-playbook.yaml': playbook('a'), 'o.incident-org.yaml': ORGANIZATION };
    const withCopies = (files: Record<string, string>) => {
      const folder = folderOf({ ...copies, 'build/o.incident-org.yaml': ORGANIZATION, ...files });
      git(folder, 'init', '-q');
      return folder;
    };

    it('has them passed over, wherever it says so, and says how many', () => {
      for (const files of [
        { '.gitignore': 'build/\n' },
        { '.gitignore': '/bu*\n!/build.yaml\n' },
        { 'build/.gitignore': '*\n' },
        { '.gitignore': '**/build/*.incident-org.y[a]ml' },
      ]) {
        const { code, out } = runCli(['check', '--format', 'json', ...TODAY], withCopies(files));
        const { summary } = JSON.parse(out) as { summary: { files: number; ignored: number } };
        assert.deepEqual([code, summary.files, summary.ignored], [0, 2, 1], JSON.stringify(files));
      }
      const excluded = withCopies({});
      writeFileSync(join(excluded, '.git/info/exclude'), 'build\n');
      assert.equal(check(excluded).out, '');
    });

    it('has them checked where a path names them', () => {
      const folder = withCopies({ '.gitignore': 'build/\n', 'build/b.incident-playbook.yaml': flawed('b') });
      for (const path of ['build', 'build/b.incident-playbook.yaml', './build/../build']) {
        assert.match(check(folder, path).out, /build\/b\.incident-playbook\.yaml:.*Nobody owns/);
      }
    });

    it('cannot hide by that what git keeps', () => {
      const folder = folderOf({
        ...copies,
        'b.incident-playbook.yaml': flawed('b'),
        'deep/in/c.incident-playbook.yaml': flawed('c'),
      });
      commitAll(folder);
      writeFileSync(join(folder, '.gitignore'), 'b.*\ndeep/\n');
      writeFileSync(join(folder, 'deep/d.incident-playbook.yaml'), flawed('d'));
      assert.deepEqual(filesIn(check(folder)), ['b.incident-playbook.yaml', 'deep/in/c.incident-playbook.yaml']);
    });

    it('says nothing of repositories inside it, which have their own', () => {
      const folder = withCopies({
        '.gitignore': '*.tmp.yaml\nbuild\n',
        'inner/x.tmp.yaml': flawed('x'),
        'inner/.gitignore': 'y.yaml\n',
        'inner/y.yaml': flawed('y'),
      });
      git(join(folder, 'inner'), 'init', '-q');
      assert.deepEqual(filesIn(check(folder)), ['inner/x.tmp.yaml']);
    });

    it('shows the same in an editor, until one of them is opened there', async () => {
      const folder = withCopies({ '.gitignore': 'build/\n' });
      const uri = pathToFileURL(join(folder, 'o.incident-org.yaml')).href;
      const copy = pathToFileURL(join(folder, 'build/o.incident-org.yaml')).href;
      const client = await LanguageClient.start(folder, { pull: true });
      const codes = async () => (await client.pull(uri)).map(({ code }) => code);
      assert.deepEqual(await codes(), []);
      await client.connection.sendNotification('workspace/didChangeWatchedFiles', {
        changes: [{ uri: copy, type: 2 }],
      });
      assert.deepEqual(await codes(), []);
      await client.open(copy, ORGANIZATION);
      assert.ok((await codes()).includes('duplicate-definition'));
      await client.close(copy);
      assert.deepEqual(await codes(), []);
      await client.stop();
    });
  });

  describe('whose files have several names', () => {
    const linked = () => {
      const folder = folderOf({
        'real/pb/a.incident-playbook.yaml': playbook('a'),
        'real/o.incident-org.yaml': ORGANIZATION,
      });
      const repository = join(folder, 'real');
      commitAll(repository);
      writeFileSync(join(repository, 'pb/a.incident-playbook.yaml'), flawed('a'));
      symlinkSync('real', join(folder, 'link'));
      symlinkSync('pb', join(repository, 'current'));
      symlinkSync('pb/a.incident-playbook.yaml', join(repository, 'latest.incident-playbook.yaml'));
      return { folder, repository };
    };
    const ERROR = 'error: Nobody owns';

    it('is checked by whatever name is given, and reported under it', () => {
      const { folder, repository } = linked();
      for (const [path, at, name] of [
        ['current', repository, 'current/a.incident-playbook.yaml'],
        ['current/', repository, 'current/a.incident-playbook.yaml'],
        ['latest.incident-playbook.yaml', repository, 'latest.incident-playbook.yaml'],
        ['link', folder, 'link/pb/a.incident-playbook.yaml'],
        ['link/current', folder, 'link/current/a.incident-playbook.yaml'],
      ] as const) {
        for (const more of [[], ['--changed-since', 'HEAD']]) {
          const { code, out } = check(at, path, ...more);
          assert.equal(code, 1, `${path} ${more}: ${out}`);
          assert.ok(out.startsWith(`${name}:`) && out.includes(ERROR), `${path}: ${out}`);
          assert.equal(out.split('\n').length, 2, out);
        }
      }
    });

    it('is checked once, however often it is given', () => {
      const { repository } = linked();
      const { out } = check(
        repository,
        '.',
        'pb',
        'current',
        'latest.incident-playbook.yaml',
        'pb/a.incident-playbook.yaml',
      );
      assert.equal(out.split(ERROR).length, 2, out);
      assert.doesNotMatch(out, /duplicate-definition/);
    });

    it('is known by its real path in reports for a pull request', () => {
      const { repository } = linked();
      const [issue] = JSON.parse(runCli(['check', 'current', '--format', 'gitlab', ...TODAY], repository).out) as {
        location: { path: string };
      }[];
      assert.equal(issue?.location.path, 'pb/a.incident-playbook.yaml');
    });

    it('is read through a link in a folder where it is found by no other name, and never from outside', () => {
      const outside = folderOf({ 'x.yaml': flawed('x') });
      const folder = folderOf({ '.store/a': flawed('a'), 'o.incident-org.yaml': ORGANIZATION });
      symlinkSync('.store/a', join(folder, 'a.incident-playbook.yaml'));
      assert.deepEqual(filesIn(check(folder)), ['a.incident-playbook.yaml']);
      symlinkSync(join(outside, 'x.yaml'), join(folder, 'x.incident-playbook.yaml'));
      symlinkSync('nowhere', join(folder, 'y.incident-playbook.yaml'));
      symlinkSync('nowhere', join(folder, 'other.yaml'));
      const { code, out } = check(folder);
      assert.equal(code, 2);
      assert.match(
        out,
        /^x\.incident-playbook\.yaml:1:1: error: .* is a link that leads out of the workspace.*Name it/m,
      );
      assert.match(out, /^y\.incident-playbook\.yaml:1:1: error: .* leads nowhere/m);
      assert.doesNotMatch(out, /other\.yaml|x\.yaml:\d+:\d+: error: Nobody/);
      assert.match(
        check(folder, 'x.incident-playbook.yaml').out,
        /^x\.incident-playbook\.yaml:\d+:\d+: error: Nobody owns/m,
      );
    });
  });

  describe('of which a part is named', () => {
    it('is not passed as clean where that part was not looked at', () => {
      const folder = folderOf({
        'org/o.incident-org.yaml': ORGANIZATION,
        '.hidden/a.incident-playbook.yaml': flawed('a'),
        'node_modules/x/b.incident-playbook.yaml': flawed('b'),
        'empty/notes.yaml': 'x: 1\n',
        'big/c.incident-playbook.yaml': `format: playbook/v1\n${'# filling\n'.repeat(600_000)}`,
        '.incident-playbooks.yaml': 'root: true\n',
      });
      for (const [path, code, words] of [
        ['.hidden', 1, /^\.hidden\/a\.incident-playbook\.yaml:.*Nobody owns/m],
        ['node_modules/x', 1, /^node_modules\/x\/b\.incident-playbook\.yaml:.*Nobody owns/m],
        ['empty', 2, /empty holds nothing to check/],
        ['big', 2, /^big\/c\.incident-playbook\.yaml:.*MiB long/m],
      ] as const) {
        const run = check(folder, 'org', path);
        assert.equal(run.code, code, `${path}: ${run.out}${run.err}`);
        assert.match(run.out, words);
      }
    });
  });
});
