/** The command line as a process: what it prints, what it writes, how it ends. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { CLEAN_PLAYBOOK, ITS_PEOPLE_AND_ROLES } from './harness/clean-playbook.js';
import { folderWith } from './harness/folder.js';
import { cli } from './harness/paths.js';
import { pngSize } from './harness/png-size.js';
import { runCli } from './harness/run-cli.js';

const CLEAN = CLEAN_PLAYBOOK + ITS_PEOPLE_AND_ROLES;
const FLAWED = CLEAN.replace('    owner: soc\n', '');
const today = ['--today', '2026-11-20'];

interface Report {
  version: string;
  findings: {
    rule: string;
    severity: string;
    file: string;
    line: number;
    column: number;
    endLine: number;
    endColumn: number;
    message: string;
    at: string | null;
    waived: object | null;
    related: object[];
    fingerprint: string;
  }[];
  summary: { files: number; errors: number; unreadable: number };
}

describe('incident-playbooks', () => {
  const folders: string[] = [];
  const folderOf = (files: Record<string, string | Uint8Array>) => {
    const folder = folderWith(files);
    folders.push(folder);
    return folder;
  };
  const report = (folder: string, ...args: string[]): Report & { code: number | null } => {
    const { out, code } = runCli(['check', '--format', 'json', ...today, ...args], folder);
    return { ...(JSON.parse(out) as Report), code };
  };
  after(() => {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  });

  describe('check', () => {
    it('ends with 0 and says so when all is well', () => {
      const { code, out, err } = runCli(['check', ...today], folderOf({ 'a.incident-playbook.yaml': CLEAN }));
      assert.deepEqual([code, out, err], [0, '1 file checked: no findings.\n', '']);
    });

    it('shows each finding at its line, with a caret', () => {
      const { code, out } = runCli(['check', ...today], folderOf({ 'a.incident-playbook.yaml': FLAWED }));
      assert.equal(code, 1);
      assert.equal(
        out,
        `a.incident-playbook.yaml:6:9: error: Nobody owns step "watch". Name one role in "owner". [step-owner-missing]
  |
6 |   - id: watch
  |         ^^^^^

1 file checked: 1 error.
`,
      );
    });

    it('prints one JSON object for programs', () => {
      const { findings, summary, version } = report(folderOf({ 'deep/in/a.incident-playbook.yaml': FLAWED }));
      assert.match(version, /^\d+\.\d+\.\d+$/);
      assert.deepEqual(findings, [
        {
          rule: 'step-owner-missing',
          severity: 'error',
          file: 'deep/in/a.incident-playbook.yaml',
          line: 6,
          column: 9,
          endLine: 6,
          endColumn: 14,
          message: 'Nobody owns step "watch". Name one role in "owner".',
          at: 'watch',
          waived: null,
          related: [],
          fingerprint: findings[0]?.fingerprint,
        },
      ]);
      assert.match(findings[0]?.fingerprint ?? '', /^[0-9a-f]{16}$/);
      assert.deepEqual(summary, {
        files: 1,
        excluded: 0,
        ignored: 0,
        errors: 1,
        warnings: 0,
        infos: 0,
        waived: 0,
        inBaseline: 0,
        goneFromBaseline: 0,
        unreadable: 0,
        fixed: 0,
      });
    });

    it('fails from the severity on that was asked for', () => {
      const folder = folderOf({ 'a.incident-playbook.yaml': CLEAN.replace('phase: containment', 'phase: analysis') });
      assert.equal(report(folder).code, 0);
      assert.equal(report(folder, '--fail-on', 'warning').code, 1);
    });

    it('colours on request, and never under NO_COLOR', () => {
      const folder = folderOf({ 'a.incident-playbook.yaml': FLAWED });
      assert.match(runCli(['check', ...today], folder, { FORCE_COLOR: '1' }).out, /\u001b\[31merror/);
      assert.doesNotMatch(runCli(['check', ...today], folder, { FORCE_COLOR: '1', NO_COLOR: '1' }).out, /\u001b/);
    });

    it('checks as on the day that is given', () => {
      const text = CLEAN.replace(
        '    impacts: none\n',
        '    impacts: none\n    pre_authorized: { by: soc, when: Seen, expires: 2026-11-20 }\n',
      );
      const folder = folderOf({ 'a.incident-playbook.yaml': text });
      assert.equal(report(folder).code, 0);
      const { out } = runCli(['check', '--today', '2026-11-21'], folder);
      assert.match(out, /expired on 2026-11-20/);
    });

    it('reads the organisation around a single file, and reports only on the file', () => {
      const folder = folderOf({
        '.incident-playbooks.yaml': 'root: true\n',
        'org/a.incident-org.yaml': 'format: organization/v1\npeople:\n  p: { name: P }\nroles:\n  soc: { holder: p }\n',
        'playbooks/a.incident-playbook.yaml': CLEAN.replace(/people:.*/s, ''),
      });
      assert.deepEqual(report(folder, 'playbooks/a.incident-playbook.yaml').findings, []);
      assert.deepEqual(
        report(folder).findings.map(({ rule }) => rule),
        ['role-contact-missing'],
      );
    });

    it('honours a waiver that is complete, and shows it', () => {
      const waiver =
        'waivers:\n  - { rule: step-owner-missing, at: watch, owner: soc, reason: Agreed, expires: 2027-01-31 }\n';
      const { code, findings } = report(folderOf({ 'a.incident-playbook.yaml': FLAWED + waiver }));
      assert.equal(code, 0);
      assert.deepEqual(findings[0]?.waived, { owner: 'soc', reason: 'Agreed', expires: '2027-01-31' });
      const lapsed = waiver.replace('2027-01-31', '2026-01-31');
      assert.equal(report(folderOf({ 'a.incident-playbook.yaml': FLAWED + lapsed })).code, 1);
    });

    it('holds a draft to the author profile, unless the configuration says otherwise', () => {
      const draft = { 'a.incident-playbook.yaml': FLAWED.replace('accountable', 'status: draft\naccountable') };
      assert.equal(report(folderOf(draft)).findings[0]?.severity, 'warning');
      assert.equal(
        report(folderOf({ ...draft, '.incident-playbooks.yaml': 'profile: review\n' })).findings[0]?.severity,
        'error',
      );
      const off = { ...draft, '.incident-playbooks.yaml': 'rules: { step-owner-missing: off }\n' };
      assert.deepEqual(report(folderOf(off)).findings, []);
    });

    it('takes the control characters out of what it prints', () => {
      const folder = folderOf({
        'a.incident-playbook.yaml': FLAWED.replace('id: watch\n    title', 'id: watch # \u009b31m\n    title'),
      });
      assert.doesNotMatch(runCli(['check', ...today], folder).out, /\u009b/);
    });
  });

  describe('bad input', () => {
    const refused = (files: Record<string, string | Uint8Array>, args: string[] = []) =>
      runCli(['check', ...today, ...args], folderOf(files));

    it('an empty file', () => {
      const { code, out } = refused({ 'a.incident-playbook.yaml': '' });
      assert.equal(code, 1);
      assert.match(out, /The file is empty, so nothing was checked/);
    });

    it('a binary file', () => {
      const { code, out } = refused({
        'a.incident-playbook.yaml': new Uint8Array([0x7f, 0x45, 0x4c, 0x46, 0, 255, 254, 0]),
      });
      assert.equal(code, 2);
      assert.match(out, /is a binary file and was not checked/);
    });

    it('a file of 20 MB', () => {
      const { code, out } = refused({
        'a.incident-playbook.yaml': `format: playbook/v1\n${'# filling\n'.repeat(2_000_000)}`,
      });
      assert.equal(code, 2);
      assert.match(out, /is 19\.1 MiB long and was not checked: the limit is 1 MiB/);
    });

    it('a tab', () => {
      const { code, out } = refused({ 'a.incident-playbook.yaml': `${CLEAN}\tx: 1\n` });
      assert.equal(code, 1);
      assert.match(out, /YAML does not allow tabs for indentation. Use spaces. \[yaml-syntax\]/);
    });

    it('a format of the future', () => {
      const { code, out } = refused({ 'a.incident-playbook.yaml': 'format: playbook/v9\nid: x\n' });
      assert.equal(code, 1);
      assert.match(out, /a\.incident-playbook\.yaml:1:9: error: This version cannot read the format "playbook\/v9"/);
    });

    it('a folder without permission', function () {
      const folder = folderOf({ 'a.incident-playbook.yaml': CLEAN });
      mkdirSync(join(folder, 'closed'));
      chmodSync(join(folder, 'closed'), 0);
      chmodSync(folder, 0o755);
      // Root may read everything, so the process gives its rights up first.
      const nobody = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};
      const run = spawnSync(process.execPath, [cli, 'check', ...today], { cwd: folder, encoding: 'utf8', ...nobody });
      if (run.error || /EACCES|Cannot find module/.test(run.stderr)) {
        console.log('      skipped: this process cannot give up its rights here');
        this.skip();
      }
      assert.equal(run.status, 2);
      assert.match(run.stdout, /closed cannot be read: permission denied/);
      assert.match(run.stdout, /1 file checked, 1 could not be checked/);
    });

    it('an organisation that was deleted', () => {
      const { code, out } = refused({ 'a.incident-playbook.yaml': CLEAN.replace(/people:.*/s, '') });
      assert.equal(code, 1);
      assert.match(out, /No file defines the role "soc"\. Define it under "roles" in the organisation/);
    });

    it('a path that does not exist, and nothing to check', () => {
      const missing = refused({ 'a.incident-playbook.yaml': CLEAN }, ['nowhere.yaml']);
      assert.equal(missing.code, 2);
      assert.match(missing.out, /nowhere\.yaml does not exist/);
      const nothing = refused({ 'compose.yaml': 'services: {}\n' });
      assert.equal(nothing.code, 2);
      assert.match(nothing.err, /Nothing to check/);
    });

    it('a file of somebody else, given by name', () => {
      const { code, out } = refused({ 'compose.yaml': 'services: {}\n' }, ['compose.yaml']);
      assert.equal(code, 1);
      assert.match(out, /The file does not say what it is, so it was not checked/);
    });

    it('wrong usage', () => {
      for (const args of [
        ['check', '--format', 'xml'],
        ['check', '--today', '2026-02-30'],
        ['chek'],
        ['check', '--nope'],
      ]) {
        const { code, err } = runCli(args, folderOf({ 'a.incident-playbook.yaml': CLEAN }));
        assert.equal(code, 2, args.join(' '));
        assert.doesNotMatch(err, /^\s+at /m);
      }
    });

    it('an id defined in two files', () => {
      const text = 'format: organization/v1\nroles:\n  ciso: { title: One }\n';
      const { code, out } = refused({ 'a.incident-org.yaml': text, 'b.incident-org.yaml': text });
      assert.equal(code, 1);
      assert.match(out, /a\.incident-org\.yaml:3:3: error: "ciso" is defined twice/);
      assert.match(out, /b\.incident-org\.yaml:3:3: error: "ciso" is defined twice/);
    });
  });

  describe('render', () => {
    it('writes the graph as SVG, the same bytes twice', () => {
      const folder = folderOf({ 'a.incident-playbook.yaml': FLAWED });
      const render = (out: string) => runCli(['render', 'a.incident-playbook.yaml', '-o', out, ...today], folder);
      assert.deepEqual([render('a.svg').code, render('b.svg').code], [0, 0]);
      const svg = readFileSync(join(folder, 'a.svg'), 'utf8');
      assert.match(svg, /Watch the flows/);
      assert.equal(svg, readFileSync(join(folder, 'b.svg'), 'utf8'));
      assert.deepEqual(readdirSync(folder).sort(), ['a.incident-playbook.yaml', 'a.svg', 'b.svg']);
    });

    it('writes the graph as PNG, twice as large as its SVG, in a font that it brings along', () => {
      const folder = folderOf({
        'a.incident-playbook.yaml': FLAWED,
        'b.incident-playbook.yaml': FLAWED.replaceAll('Watch the flows', 'Watch مرحبا 🚒'),
      });
      const render = (...args: string[]) => runCli(['render', ...args, ...today], folder);
      const written = render('a.incident-playbook.yaml', '-o', 'a.png');
      assert.deepEqual([written.code, written.err], [0, '']);
      render('a.incident-playbook.yaml', '-o', 'b.png');
      render('a.incident-playbook.yaml', '-o', 'a.svg');
      const svg = readFileSync(join(folder, 'a.svg'), 'utf8');
      const [, width, height] = /width="(\d+)" height="(\d+)"/.exec(svg) ?? [];
      const png = readFileSync(join(folder, 'a.png'));
      assert.deepEqual(pngSize(png), { width: 2 * Number(width), height: 2 * Number(height) });
      assert.ok(png.equals(readFileSync(join(folder, 'b.png'))));
      assert.match(svg, /@font-face \{ font-family: 'Incident Playbooks Sans'; font-weight: bold;/);
      const strange = render('b.incident-playbook.yaml', '-o', 'c.png');
      assert.equal(strange.code, 0);
      assert.match(strange.err, /shows a box for ا ب ح ر م 🚒: its font has no sign for them/);
    });

    it('writes a page that runs nothing, whatever the playbook says', () => {
      const nasty = '<script>alert(1)</script><img src=x onerror=alert(1)>';
      const folder = folderOf({ 'a.incident-playbook.yaml': FLAWED.replaceAll('Watch the flows', `"${nasty}"`) });
      assert.equal(runCli(['render', 'a.incident-playbook.yaml', '-o', 'a.html', ...today], folder).code, 0);
      const page = readFileSync(join(folder, 'a.html'), 'utf8');
      assert.match(page, /Nobody owns step/);
      assert.match(page, /&lt;script&gt;/);
      assert.doesNotMatch(page, /<(?:script|img)/);
    });

    it('writes Mermaid text in which a playbook cannot end its own quotes', () => {
      const nasty = 'Stop"] --> x["<b>`#quot;';
      const folder = folderOf({ 'a.incident-playbook.yaml': FLAWED.replaceAll('Watch the flows', `'${nasty}'`) });
      const { code, out } = runCli(['render', 'a.incident-playbook.yaml', '--format', 'mermaid', ...today], folder);
      assert.equal(code, 0);
      assert.match(out, /^---\ntitle: ".*"\n---\nflowchart TD\n/);
      const [line = ''] = out.split('\n').filter((one) => /^ {2}n.*Stop/.test(one));
      assert.match(line, /^ {2}n\d+\["[^"<`]*<br\/>Stop#34;#93; --#62; x#91;#34;#60;b#62;#96;#35;quot;<br\/>/);
      for (const one of out.split('\n').slice(6)) {
        assert.match(
          one,
          /^$|^ {2}(?:n\d+[[({]+"[^"]*"[\])}]+|n\d+ (?:-->|-\.->|==>)(?:\|"[^"|]*"\|)? n\d+|class(?:Def)? .*)$/,
        );
      }
      assert.equal(runCli(['render', 'a.incident-playbook.yaml', '-o', 'a.mmd', ...today], folder).code, 0);
      assert.equal(readFileSync(join(folder, 'a.mmd'), 'utf8'), out);
    });

    it('says what it cannot do', () => {
      const folder = folderOf({ 'a.incident-playbook.yaml': CLEAN, 'b.yaml': 'x: 1\n' });
      for (const [args, words] of [
        [['a.incident-playbook.yaml', '-o', 'a.docx'], /must end in \.svg, \.png, \.mmd or \.html/],
        [['a.incident-playbook.yaml'], /Say what to write/],
        [['a.incident-playbook.yaml', '--format', 'png2'], /There is no format "png2"/],
        [['b.yaml', '-o', 'b.svg'], /is not a playbook/],
        [['c.yaml', '-o', 'c.svg'], /does not exist/],
        [['a.incident-playbook.yaml', '-o', 'no/such/folder/a.svg'], /a\.svg/],
      ] as const) {
        const { code, err } = runCli(['render', ...args], folder);
        assert.equal(code, 2);
        assert.match(err, words);
      }
      assert.equal(existsSync(join(folder, 'a.docx')), false);
    });
  });
});
