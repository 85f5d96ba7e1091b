/** Where the command line writes to: files, pipes, standard output, and what it never puts a file in the place of. */
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { CLEAN_PLAYBOOK, ITS_PEOPLE_AND_ROLES } from './harness/clean-playbook.js';
import { folderWith } from './harness/folder.js';
import { cli } from './harness/paths.js';
import { runCli } from './harness/run-cli.js';

const FLAWED = (CLEAN_PLAYBOOK + ITS_PEOPLE_AND_ROLES).replace('    owner: soc\n', '');
const NAME = 'a.incident-playbook.yaml';
const TODAY = ['--today', '2026-11-20'];

describe('outputs', () => {
  const folders: string[] = [];
  const folderOf = (files: Record<string, string> = {}) => {
    const folder = folderWith({ [NAME]: FLAWED, ...files });
    folders.push(folder);
    return folder;
  };
  const run = (folder: string, ...args: string[]) => runCli([...args, ...TODAY], folder);
  after(() => {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  });

  /** What each command writes into, and how it begins. */
  const commands = [
    ['check', (out: string) => ['check', '--format', 'unix', '--output', `sarif=${out}`], '{\n  "$schema"'],
    ['render', (out: string) => ['render', NAME, '--format', 'svg', '-o', out], '<svg'],
    ['binder', (out: string) => ['binder', '.', '--format', 'html', '-o', out], '<!doctype html>'],
  ] as const;

  for (const [command, argumentsFor, beginning] of commands) {
    describe(`of ${command}`, () => {
      it('go to standard output where they are called - or by one of its names', () => {
        const names = process.platform === 'win32' ? ['-'] : ['-', '/dev/stdout', '/dev/fd/1', '/proc/self/fd/1'];
        for (const name of names.filter((one) => !one.startsWith('/proc') || process.platform === 'linux')) {
          const { out, code, err } = run(folderOf(), ...argumentsFor(name));
          assert.ok([0, 1].includes(code ?? 2), err);
          assert.ok(out.includes(beginning), `${name}: ${out.slice(0, 200)}`);
        }
      });

      it('go into a pipe, which stays one', async function () {
        if (process.platform === 'win32') this.skip();
        const folder = folderOf();
        spawnSync('mkfifo', [join(folder, 'pipe')]);
        const reader = spawn('cat', [join(folder, 'pipe')]);
        const closed = new Promise((resolve) => reader.once('close', resolve));
        let got = '';
        reader.stdout.on('data', (data) => (got += data));
        const { code, err } = run(folder, ...argumentsFor('pipe'));
        await closed;
        assert.ok([0, 1].includes(code ?? 2), err);
        assert.ok(lstatSync(join(folder, 'pipe')).isFIFO());
        assert.ok(got.includes(beginning), got.slice(0, 200));
      });

      it('never replace what is read', () => {
        const folder = folderOf({ '.incident-playbooks.yaml': 'root: true\n' });
        symlinkSync(NAME, join(folder, 'link'));
        for (const name of [NAME, `./${NAME}`, 'link', '.incident-playbooks.yaml']) {
          const { code, err } = run(folder, ...argumentsFor(name));
          assert.equal(code, 2);
          assert.match(err, /is read here, and would be lost\. Name another file\./);
        }
        assert.equal(readFileSync(join(folder, NAME), 'utf8'), FLAWED);
      });

      it('do not follow a link out of the repository', () => {
        const outside = folderWith({ precious: 'old' });
        folders.push(outside);
        const folder = folderOf({ '.git/HEAD': '' });
        symlinkSync(join(outside, 'precious'), join(folder, 'report'));
        symlinkSync(outside, join(folder, 'out'));
        for (const name of ['report', 'out/precious', 'out/new']) {
          const { code, err } = run(folder, ...argumentsFor(name));
          assert.equal(code, 2);
          assert.match(err, /is written through a link that leads out of its folder: name .* itself if that is meant/);
        }
        assert.deepEqual(
          [readdirSync(outside), readFileSync(join(outside, 'precious'), 'utf8')],
          [['precious'], 'old'],
        );
      });

      it('say why they cannot be written', () => {
        const folder = folderOf({ protected: 'old' });
        mkdirSync(join(folder, 'folder'));
        chmodSync(join(folder, 'protected'), 0o444);
        for (const [name, words] of [
          ['folder', /folder is a folder: name a file in it\./],
          ['no/such/x', /no\/such\/x does not exist, and neither does its folder: make the folder first\./],
          ['protected', /protected is write-protected/],
          [`${NAME}/x`, /a part of its path is a file and not a folder/],
        ] as const) {
          const { code, err } = run(folder, ...argumentsFor(name));
          assert.equal(code, 2, name);
          assert.match(err, words);
        }
        assert.deepEqual(readdirSync(folder).sort(), [NAME, 'folder', 'protected'].sort());
      });
    });
  }

  it('are each a file of its own', () => {
    const folder = folderOf();
    symlinkSync('x', join(folder, 'y'));
    for (const second of ['x', './x', 'y']) {
      const { code, err } = run(folder, 'check', '--output', 'sarif=x', '--output', `json=${second}`);
      assert.equal(code, 2);
      assert.match(err, /are the same file\. Give each output one of its own\./);
    }
    assert.deepEqual(readdirSync(folder).sort(), [NAME, 'y']);
  });

  it('do not keep findings back where they cannot be written', () => {
    const { code, out } = run(folderOf(), 'check', '--output', 'sarif=no/such/x');
    assert.equal(code, 2);
    assert.match(out, /Nobody owns step "watch"/);
  });

  it('of a binder in Markdown are a folder, which does not lead out', () => {
    const outside = folderWith({});
    folders.push(outside);
    const folder = folderOf({ '.git/HEAD': '', file: '' });
    symlinkSync(outside, join(folder, 'out'));
    assert.match(run(folder, 'binder', '.', '-o', 'out').err, /leads out of its folder/);
    assert.match(run(folder, 'binder', '.', '-o', 'out/deeper').err, /leads out of its folder/);
    assert.match(run(folder, 'binder', '.', '--format', 'markdown', '-o', '-').err, /name one with -o FOLDER/);
    assert.match(run(folder, 'binder', '.', '-o', 'file').err, /file cannot be written: a part of its path is a file/);
    assert.deepEqual(readdirSync(outside), []);
  });

  it('of a fix stay in the repository too', () => {
    const misspelt = FLAWED.replace('phase: containment', 'phase: containmnt');
    const outside = folderWith({ 'x.yaml': misspelt });
    folders.push(outside);
    const folder = folderOf({ '.git/HEAD': '' });
    symlinkSync(join(outside, 'x.yaml'), join(folder, 'x.incident-playbook.yaml'));
    symlinkSync(outside, join(folder, 'out'));
    for (const name of ['x.incident-playbook.yaml', 'out', 'out/x.yaml']) {
      const { code, err } = run(folder, 'check', '--fix', name);
      assert.equal(code, 2, name);
      assert.match(err, /\.yaml is written through a link that leads out/);
    }
    assert.equal(readFileSync(join(outside, 'x.yaml'), 'utf8'), misspelt);
  });

  it('may lose their reader', function () {
    if (process.platform === 'win32') this.skip();
    const folder = folderOf();
    for (let index = 0; index < 60; index++) {
      writeFileSync(join(folder, `${index}.incident-playbook.yaml`), FLAWED.replace('id: watch\n', `id: p${index}\n`));
    }
    for (const command of [
      'check --format sarif',
      'check --output sarif=- --format unix',
      `render ${NAME} -o - --format svg`,
    ]) {
      const { stderr } = spawnSync('sh', ['-c', `"${process.execPath}" "${cli}" ${command} | head -c 10`], {
        cwd: folder,
        encoding: 'utf8',
      });
      assert.equal(stderr, '', command);
    }
  });

  it('say when a picture of pixels is too small to be read, and what helps', () => {
    const steps = Array.from(
      { length: 350 },
      (_, n) =>
        `  - { id: t${n}, title: Do number ${n}, owner: soc, instructions: x, impacts: none, done_when: [ok] }\n`,
    );
    const head = CLEAN_PLAYBOOK.slice(0, CLEAN_PLAYBOOK.indexOf('  - id'));
    const folder = folderOf({ 'big.incident-playbook.yaml': head + steps.join('') });
    const { code, err } = run(folder, 'render', 'big.incident-playbook.yaml', '-o', 'big.png');
    assert.equal(code, 0, err);
    assert.match(err, /^The PNG is drawn at \d+ % of its size, in \d+ x \d+ pixels: .* An \.svg or \.html .* binder/);
    assert.equal(run(folder, 'render', NAME, '-o', 'small.png').err, '');
    assert.equal(run(folder, 'render', 'big.incident-playbook.yaml', '-o', 'big.svg').err, '');
  }).timeout(60_000);
});
