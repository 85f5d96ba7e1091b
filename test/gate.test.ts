/** The gate as a build server uses it: formats, thresholds, baseline, fixes, what has changed. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Log } from 'sarif';
import { SaxesParser } from 'saxes';
import { artifactAt } from '../server/cli/reports/sarif.js';
import { rules } from '../server/rules/index.js';
import { CLEAN_PLAYBOOK, ITS_PEOPLE_AND_ROLES } from './harness/clean-playbook.js';
import { folderWith } from './harness/folder.js';
import { cli, root } from './harness/paths.js';
import { runCli } from './harness/run-cli.js';

const CLEAN = CLEAN_PLAYBOOK;
const ORGANIZATION = `format: organization/v1\n${ITS_PEOPLE_AND_ROLES}`;
const FLAWED = CLEAN.replace('    owner: soc\n', '');
const today = ['--today', '2026-11-20'];

interface Report {
  findings: { rule: string; file: string; line: number; fingerprint: string; severity: string; message: string }[];
  summary: { files: number; inBaseline: number; goneFromBaseline: number; fixed: number };
}

describe('the gate', () => {
  const folders: string[] = [];
  const folderOf = (files: Record<string, string>) => {
    const folder = folderWith({
      'org/a.incident-org.yaml': ORGANIZATION,
      '.incident-playbooks.yaml': 'root: true\n',
      ...files,
    });
    folders.push(folder);
    return folder;
  };
  const check = (folder: string, ...args: string[]) => runCli(['check', ...today, ...args], folder);
  const report = (folder: string, ...args: string[]): Report & { code: number | null } => {
    const { out, code } = check(folder, '--format', 'json', ...args);
    return { ...(JSON.parse(out) as Report), code };
  };
  const rulesOf = ({ findings }: Report) => findings.map(({ rule }) => rule);
  after(() => {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  });

  describe('formats', () => {
    const waiver =
      'waivers: [{ rule: step-owner-missing, at: watch, owner: soc, reason: "Agreed <b>", expires: 2027-01-31 }]\n';

    it('SARIF that is valid against its schema, with all rules and their pages', () => {
      const { out } = runCli(['check', 'samples', '--format', 'sarif', ...today], root);
      const log = JSON.parse(out) as Log;
      const schema = JSON.parse(readFileSync(join(root, 'test/schemas/sarif-2.1.0.json'), 'utf8')) as object;
      const validate = new Ajv2020({ strict: false, validateFormats: false, allErrors: true }).compile(schema);
      assert.ok(validate(log), JSON.stringify(validate.errors?.slice(0, 3)));
      const [run] = log.runs;
      const described = run?.tool.driver.rules ?? [];
      for (const { id } of rules) assert.match(described.find((one) => one.id === id)?.help?.markdown ?? '', /## Why/);
      assert.ok((run?.results?.length ?? 0) > 30);
      for (const { ruleId, ruleIndex, locations } of run?.results ?? []) {
        assert.equal(described[ruleIndex ?? -1]?.id, ruleId);
        assert.match(locations?.[0]?.physicalLocation?.artifactLocation?.uri ?? '', /^samples\/playbooks\/[\w.-]+$/);
      }
      assert.equal(
        new Set(run?.results?.map(({ partialFingerprints }) => JSON.stringify(partialFingerprints))).size,
        run?.results?.length,
      );
    });

    it('fingerprints that stay when lines move and steps change places', () => {
      const other = FLAWED.replace('id: watch\ntitle', 'id: watch\n\n# a comment\n\ntitle').replace(
        'steps:\n',
        `steps:\n  - { id: before, title: Before, owner: soc, instructions: Look., impacts: none, done_when: [Seen] }\n`,
      );
      const [before] = report(folderOf({ 'a.incident-playbook.yaml': FLAWED })).findings;
      const [later] = report(folderOf({ 'deep/b.incident-playbook.yaml': other })).findings;
      assert.notEqual(before?.line, later?.line);
      assert.equal(before?.fingerprint, later?.fingerprint);
    });

    it('SARIF without what is waived, and with it as suppressed on request', () => {
      const folder = folderOf({ 'a b#.incident-playbook.yaml': FLAWED + waiver });
      const results = (...args: string[]) =>
        (JSON.parse(check(folder, '--format', 'sarif', ...args).out) as Log).runs[0]?.results ?? [];
      assert.deepEqual(results(), []);
      const [result] = results('--show-waived');
      assert.deepEqual(result?.suppressions, [
        { kind: 'inSource', status: 'accepted', justification: 'Agreed <b> (soc, until 2027-01-31)' },
      ]);
      assert.equal(result?.locations?.[0]?.physicalLocation?.artifactLocation?.uri, 'a%20b%23.incident-playbook.yaml');
    });

    it('workflow commands that no text of a playbook can break out of', () => {
      const folder = folderOf({
        'a,b:c%.incident-playbook.yaml': FLAWED.replace('id: watch\n    title', 'id: "w%\\n::error::x"\n    title'),
      });
      const { out } = check(folder, '--format', 'github');
      const lines = out.trimEnd().split('\n');
      assert.ok(
        lines.every((line) =>
          /^::(?:error|warning|notice) file=a%2Cb%3Ac%25\.incident-playbook\.yaml,line=\d+,/.test(line),
        ),
        out,
      );
      assert.ok(lines.some((line) => line.includes('title=step-owner-missing')));
    });

    it('says when GitHub will not show all of them', () => {
      const steps = Array.from(
        { length: 12 },
        (_, index) =>
          `  - { id: s${index}, title: S, phase: containment, instructions: Look., impacts: none, done_when: [Seen] }\n`,
      );
      const folder = folderOf({
        'a.incident-playbook.yaml': CLEAN.replace(/steps:[\s\S]*/, `severity: low\nsteps:\n${steps.join('')}`),
      });
      assert.match(
        check(folder, '--format', 'github').out,
        /\nGitHub shows the first 10 errors at their lines; 2 more stand only in this log\.\n$/,
      );
    });

    it('a report for GitLab', () => {
      const [issue] = JSON.parse(
        check(folderOf({ 'a.incident-playbook.yaml': FLAWED }), '--format', 'gitlab').out,
      ) as object[];
      assert.deepEqual(issue, {
        description: 'Nobody owns step "watch". Name one role in "owner".',
        check_name: 'step-owner-missing',
        fingerprint: (issue as { fingerprint: string }).fingerprint,
        severity: 'major',
        location: { path: 'a.incident-playbook.yaml', lines: { begin: 6, end: 6 } },
      });
    });

    it('JUnit XML that is well-formed whatever the playbook says', () => {
      const folder = folderOf({
        'a.incident-playbook.yaml': FLAWED.replace('id: watch\n    title', 'id: "<&>\\"\\u0001\\ud800"\n    title'),
        'b.incident-playbook.yaml': CLEAN.replace('id: watch\n', 'id: other\n'),
      });
      const { out } = check(folder, '--format', 'junit');
      const tags: string[] = [];
      const parser = new SaxesParser();
      parser.on('error', (error) => assert.fail(`${error.message}\n${out}`));
      parser.on('opentag', ({ name, attributes }) => tags.push(`${name} ${attributes['name'] ?? ''}`));
      parser.write(out).close();
      assert.ok(tags.includes('testsuite b.incident-playbook.yaml'));
      assert.ok(tags.includes('testcase no findings'));
      assert.match(out, /<failure type="error"/);
    });

    it('lines for editors, and Markdown for a summary', () => {
      const folder = folderOf({ 'a.incident-playbook.yaml': FLAWED });
      assert.equal(
        check(folder, '--format', 'unix').out,
        'a.incident-playbook.yaml:6:9: error: Nobody owns step "watch". Name one role in "owner". [step-owner-missing]\n',
      );
      assert.match(
        check(folder, '--format', 'markdown').out,
        /^## Incident playbooks\n\n3 files checked: 1 error\.\n\n### a\.incident-playbook\.yaml\n\n[\s\S]*\| 6 \| Error \| Nobody owns step "watch"\. Name one role in "owner"\. \| \[step-owner-missing\]\(https:/,
      );
    });

    describe('know files by their path in the repository', () => {
      const machine = ['sarif', 'gitlab', 'github', 'junit', 'markdown'] as const;
      const repository = (prefix = '') => {
        const folder = folderWith({
          [`${prefix}docs/in/a b.incident-playbook.yaml`]: FLAWED,
          [`${prefix}docs/o.incident-org.yaml`]: ORGANIZATION.replace('holder: on-call', 'holder: nobody'),
          [`${prefix}.git/HEAD`]: 'ref: refs/heads/main\n',
        });
        folders.push(folder);
        return folder;
      };
      const reportsFrom = (cwd: string, path: string) =>
        machine.map((format) => check(cwd, path, '--format', format).out);

      it('from whatever folder they are checked', () => {
        const folder = repository();
        const expected = reportsFrom(folder, '.');
        assert.match(expected.join(''), /"docs\/in\/a%20b\.incident-playbook\.yaml"/);
        assert.match(expected.join(''), /"path": "docs\/in\/a b\.incident-playbook\.yaml"/);
        assert.match(expected.join(''), /::error file=docs\/in\/a b\.incident-playbook\.yaml,/);
        assert.match(expected.join(''), /<testsuite name="docs\/in\/a b\.incident-playbook\.yaml"/);
        for (const [cwd, path] of [
          [join(folder, 'docs'), '..'],
          [join(folder, 'docs/in'), '../..'],
          [join(folder, '..'), folder],
        ] as const) {
          assert.deepEqual(reportsFrom(cwd, path), expected, cwd);
        }
        // Whoever reads these clicks on them.
        assert.match(check(join(folder, 'docs'), '--format', 'unix').out, /^in\/a b\.incident-playbook\.yaml:/);
        assert.equal(report(join(folder, 'docs')).findings[0]?.file, 'in/a b.incident-playbook.yaml');
      });

      it('and tell findings apart by it, whatever the folder and the machine', () => {
        const marks = (cwd: string, path: string) =>
          report(cwd, path)
            .findings.map(({ fingerprint }) => fingerprint)
            .sort();
        const folder = repository();
        const expected = marks(folder, '.');
        assert.ok(expected.length >= 2);
        assert.deepEqual(marks(join(folder, 'docs'), '.'), expected);
        assert.deepEqual(marks(repository(), '.'), expected);
        writeFileSync(join(folder, 'docs/bad.incident-playbook.yaml'), new Uint8Array([0xff, 0xfe, 0x00]));
        assert.deepEqual(marks(folder, '.'), marks(join(folder, 'docs'), '.'));
      });

      it('and tell files with the same id apart, whichever of them is checked', () => {
        const folder = folderOf({ 'a.incident-playbook.yaml': FLAWED, 'b.incident-playbook.yaml': FLAWED });
        const markIn = (path: string) =>
          report(folder, path).findings.find(({ rule, file }) => rule === 'step-owner-missing' && file.startsWith('b'))
            ?.fingerprint;
        assert.ok(markIn('b.incident-playbook.yaml'));
        assert.equal(markIn('.'), markIn('b.incident-playbook.yaml'));
      });

      it('where one is: several at once, or none, are seen from the current folder', () => {
        const folder = folderWith({ 'one/.git/HEAD': '', 'two/.git/HEAD': '' });
        folders.push(folder);
        for (const name of ['one', 'two']) {
          writeFileSync(join(folder, name, 'a.incident-playbook.yaml'), FLAWED.replace('id: watch\n', `id: ${name}\n`));
        }
        const paths = JSON.parse(check(folder, 'one', 'two', '--format', 'gitlab').out) as {
          location: { path: string };
        }[];
        assert.deepEqual([...new Set(paths.map(({ location }) => location.path))].sort(), [
          'one/a.incident-playbook.yaml',
          'two/a.incident-playbook.yaml',
        ]);
        const uris = (cwd: string, path: string) =>
          (JSON.parse(check(cwd, path, '--format', 'sarif').out) as Log).runs[0]?.results?.map(
            ({ locations }) => locations?.[0]?.physicalLocation?.artifactLocation,
          );
        const elsewhere = folderWith({});
        folders.push(elsewhere);
        const plain = folderWith({ 'a.incident-playbook.yaml': FLAWED });
        folders.push(plain);
        assert.equal(uris(plain, '.')?.[0]?.uri, 'a.incident-playbook.yaml');
        const [outside] = uris(elsewhere, plain) ?? [];
        assert.deepEqual(outside, { uri: pathToFileURL(join(plain, 'a.incident-playbook.yaml')).href });
      });

      it('and give what lies on another drive or share an address of its own', () => {
        for (const [name, uri] of [
          ['D:/other place/a.yaml', 'file:///D:/other%20place/a.yaml'],
          ['//server/share/a#.yaml', 'file://server/share/a%23.yaml'],
          ['/srv/a.yaml', 'file:///srv/a.yaml'],
        ] as const) {
          assert.deepEqual(artifactAt(name), { uri });
        }
        assert.deepEqual(artifactAt('a/\ud800.yaml'), { uri: 'a/%EF%BF%BD.yaml', uriBaseId: '%SRCROOT%' });
      });
    });

    it('several at once', () => {
      const folder = folderOf({ 'a.incident-playbook.yaml': FLAWED });
      const { out, code } = check(folder, '--output', 'sarif=out.sarif', '--output', 'junit=out.xml');
      assert.equal(code, 1);
      assert.match(out, /step-owner-missing/);
      assert.equal((JSON.parse(readFileSync(join(folder, 'out.sarif'), 'utf8')) as Log).runs[0]?.results?.length, 1);
      assert.match(readFileSync(join(folder, 'out.xml'), 'utf8'), /step-owner-missing/);
      assert.match(check(folder, '--output', 'sarfi=x').err, /Write FORMAT=FILE/);
      assert.match(check(folder, '--output', 'sarif=no/such/folder/x').err, /no\/such\/folder\/x does not exist/);
    });
  });

  describe('thresholds', () => {
    const warned = CLEAN.replace('phase: containment', 'phase: analysis');

    it('never fails where it is told so, and counts warnings', () => {
      assert.equal(check(folderOf({ 'a.incident-playbook.yaml': FLAWED }), '--fail-on', 'never').code, 0);
      const folder = folderOf({ 'a.incident-playbook.yaml': warned });
      assert.equal(check(folder).code, 0);
      assert.equal(check(folder, '--max-warnings', '1').code, 0);
      assert.equal(check(folder, '--max-warnings', '0').code, 1);
      assert.match(check(folder, '--max-warnings', 'few').err, /Write a whole number/);
    });

    it('reports one rule on request, and knows the nearest', () => {
      const folder = folderOf({ 'a.incident-playbook.yaml': FLAWED.replace('accountable: soc\n', '') });
      assert.deepEqual(rulesOf(report(folder, '--rule', 'accountable-missing')), ['accountable-missing']);
      const { code, err } = check(folder, '--rule', 'acountable-missing');
      assert.equal(code, 2);
      assert.match(err, /There is no rule "acountable-missing": did you mean "accountable-missing"\?/);
    });
  });

  it('says the same with threads as without', () => {
    const alone = runCli(['check', 'samples', '--format', 'json', ...today], root);
    assert.deepEqual(runCli(['check', 'samples', '--format', 'json', '--jobs', '3', ...today], root), alone);
  });

  describe('the configuration', () => {
    it('sets profiles, severities and limits for some files, and the nearest one wins', () => {
      const folder = folderOf({
        '.incident-playbooks.yaml': `root: true
profile: audit
overrides:
  - { files: ["drafts/**"], profile: author }
  - { files: [b.*], rules: { containment-missing: "off" } }
exclude: [archive]
`,
        'a.incident-playbook.yaml': CLEAN.replace('phase: containment', 'phase: analysis'),
        'b.incident-playbook.yaml': CLEAN.replace('phase: containment', 'phase: analysis').replace(
          'id: watch\n',
          'id: b\n',
        ),
        'drafts/c.incident-playbook.yaml': FLAWED.replace('id: watch\n', 'id: c\n'),
        'archive/d.incident-playbook.yaml': FLAWED.replace('id: watch\n', 'id: d\n'),
        'deep/.incident-playbooks.yaml': 'profile: review\n',
        'deep/e.incident-playbook.yaml': CLEAN.replace('phase: containment', 'phase: analysis').replace(
          'id: watch\n',
          'id: e\n',
        ),
      });
      assert.deepEqual(
        report(folder).findings.map(({ file, rule, severity }) => `${file[0]} ${rule} ${severity}`),
        ['a containment-missing error', 'd containment-missing warning', 'd step-owner-missing warning'],
      );
    });

    it('says so when a file that was named is excluded', () => {
      const folder = folderOf({
        '.incident-playbooks.yaml': 'root: true\nexclude: [archive]\n',
        'archive/a.incident-playbook.yaml': FLAWED,
      });
      const { code, out } = check(folder, 'archive/a.incident-playbook.yaml');
      assert.deepEqual([code, out], [0, '0 files checked, 1 excluded by the configuration: no findings.\n']);
    });

    it('leaves out what cannot be read as well, unless it is named', () => {
      const folder = folderOf({ '.incident-playbooks.yaml': 'root: true\nexclude: [archive]\n' });
      mkdirSync(join(folder, 'archive'));
      const broken = join(folder, 'archive/a.incident-playbook.yaml');
      writeFileSync(broken, new Uint8Array([0xff, 0xfe, 0x00]));
      assert.equal(check(folder).code, 0);
      assert.equal(check(folder, broken).code, 2);
    });

    it('is reported where a pattern in it is none, whatever path was named', () => {
      const folder = folderOf({
        '.incident-playbooks.yaml': "root: true\nexclude: ['archive\\**']\n",
        'deep/a.incident-playbook.yaml': CLEAN,
      });
      const { code, out } = check(folder, 'deep');
      assert.equal(code, 1);
      assert.match(
        out,
        /\.incident-playbooks\.yaml:2:11: error: Folders are divided by "\/" .*: write "archive\/\*\*"/,
      );
    });

    it('leaves excluded playbooks out of the binder', () => {
      const folder = folderOf({
        '.incident-playbooks.yaml': 'root: true\nexclude: [archive]\n',
        'a.incident-playbook.yaml': CLEAN,
        'archive/a.incident-playbook.yaml': CLEAN.replace('title: Watch the flows', 'title: Long forgotten'),
      });
      assert.equal(runCli(['binder', '.', '-o', 'b.html', ...today], folder).code, 0);
      assert.doesNotMatch(readFileSync(join(folder, 'b.html'), 'utf8'), /Long forgotten/);
    });

    it('is printed as it holds for a file', () => {
      const folder = folderOf({
        '.incident-playbooks.yaml':
          'root: true\nlimits: { exercise_interval: 180d }\nrules: { rollback-missing: error }\n',
        'a.incident-playbook.yaml': CLEAN.replace('accountable', 'status: draft\naccountable'),
      });
      const { out } = runCli(['config', 'a.incident-playbook.yaml'], folder);
      assert.match(out, /^# configuration: \.incident-playbooks\.yaml$/m);
      assert.match(out, /^profile: author$/m);
      assert.match(out, /^ {2}exercise_interval: 180d$/m);
      assert.match(out, /^ {2}rollback-missing: error$/m);
      assert.match(out, /^ {2}step-owner-missing: warning$/m);
    });

    it('with faults is reported at its place, and the run goes on', () => {
      const folder = folderOf({
        '.incident-playbooks.yaml': 'root: true\nprofile: strict\nrules: { rolback-missing: error }\n',
        'a.incident-playbook.yaml': FLAWED,
      });
      const { code, out } = check(folder, 'a.incident-playbook.yaml');
      assert.equal(code, 1);
      assert.match(out, /\.incident-playbooks\.yaml:2:10: error: "profile" cannot be "strict"/);
      assert.match(
        out,
        /\.incident-playbooks\.yaml:3:10: error: There is no rule "rolback-missing": did you mean "rollback-missing"\?/,
      );
      assert.match(out, /a\.incident-playbook\.yaml:6:9: error: Nobody owns step/);
    });
  });

  describe('the baseline', () => {
    it("keeps today's findings back, wherever they move to, and reports new ones", () => {
      const folder = folderOf({
        'a.incident-playbook.yaml': FLAWED,
        'b.incident-playbook.yaml': FLAWED.replace('id: watch\n', 'id: b\n'),
      });
      assert.match(check(folder, '--write-baseline').out, /^\.incident-playbooks-baseline\.yaml holds 2 findings\.\n/);
      const { code, findings, summary } = report(folder);
      assert.deepEqual([code, findings, summary.inBaseline], [0, [], 2]);
      const moved = FLAWED.replace(
        'steps:\n',
        'steps:\n  - { id: new, title: New, instructions: Look., impacts: none, done_when: [Seen] }\n',
      );
      writeFileSync(join(folder, 'a.incident-playbook.yaml'), `# moved\n\n${moved}`);
      assert.deepEqual(
        report(folder).findings.map(({ rule, message }) => [rule, message]),
        [['step-owner-missing', 'Nobody owns step "new". Name one role in "owner".']],
      );
    });

    it('shrinks when findings are mended, and is told apart by file', () => {
      const folder = folderOf({
        'a.incident-playbook.yaml': FLAWED,
        'b.incident-playbook.yaml': FLAWED.replace('id: watch\n', 'id: b\n'),
      });
      check(folder, '--write-baseline');
      writeFileSync(join(folder, 'a.incident-playbook.yaml'), CLEAN);
      assert.match(check(folder).out, /1 finding of the baseline is mended: "check --write-baseline" takes it out\./);
      check(folder, 'a.incident-playbook.yaml', '--write-baseline');
      assert.equal(
        readFileSync(join(folder, '.incident-playbooks-baseline.yaml'), 'utf8').replace(/^#.*\n/gm, ''),
        'findings:\n  "b.incident-playbook.yaml":\n    - { rule: step-owner-missing, at: "watch", about: "watch" }\n',
      );
    });

    it('that cannot be read is reported at its place, and the run goes on', () => {
      const folder = folderOf({
        'a.incident-playbook.yaml': FLAWED,
        '.incident-playbooks-baseline.yaml':
          'findings:\n  a.incident-playbook.yaml: [{ rule: step-owner-missing, at: watch, abuot: watch }]\n  b: "\n',
      });
      const { code, out } = check(folder, 'a.incident-playbook.yaml');
      assert.equal(code, 1);
      assert.match(out, /\.incident-playbooks-baseline\.yaml:2:\d+: error: /);
      assert.match(out, /a\.incident-playbook\.yaml:6:9: error: Nobody owns step/);
      writeFileSync(join(folder, '.incident-playbooks-baseline.yaml'), new Uint8Array([0xff, 0xfe, 0x00]));
      assert.equal(check(folder, 'a.incident-playbook.yaml').code, 2);
    });

    it('is not written for some rules only, which would accept more than was looked at', () => {
      const folder = folderOf({ 'a.incident-playbook.yaml': FLAWED });
      const { code, err } = check(folder, '--write-baseline', '--rule', 'rollback-missing');
      assert.equal(code, 2);
      assert.match(err, /give no --rule/);
    });

    it('does not hold what makes a file unreadable', () => {
      const folder = folderOf({
        'a.incident-playbook.yaml': CLEAN.replace('title: Watch the flows\naccountable', 'titel: Watch\naccountable'),
      });
      assert.equal(check(folder, '--write-baseline').code, 1);
      assert.deepEqual(new Set(rulesOf(report(folder))), new Set(['schema']));
    });
  });

  describe('--fix', () => {
    const MISSPELT = `# Kept.\r
format: playbook/v1   # kept too\r
id: watch\r
title: 'Watch'\r
severity: low\r
accountable: "soc"\r
steps:\r
  - id: &watch watch\r
    titel: Watch the flows\r
    phase: 'containmnt'\r
    owner: socc\r
    within: 2 hours\r
    instructions: |\r
      Look.   \r
\r
    impacts: none\r
    done_when: [The flows have stopped]   # and this\r
    next: ende\r
`;
    const MENDED = MISSPELT.replace('titel:', 'title:')
      .replace("'containmnt'", "'containment'")
      .replace('owner: socc', 'owner: soc')
      .replace('2 hours', '2h')
      .replace('ende', 'end');

    it('repairs what can mean only one thing, and touches nothing else', () => {
      const folder = folderOf({ 'a.incident-playbook.yaml': MISSPELT });
      const { code, summary, findings } = report(folder, '--fix');
      assert.equal(readFileSync(join(folder, 'a.incident-playbook.yaml'), 'utf8'), MENDED);
      assert.deepEqual([code, summary.fixed, findings], [0, 5, []]);
    });

    it('shows what it would do', () => {
      const folder = folderOf({ 'a.incident-playbook.yaml': MISSPELT });
      const { out } = check(folder, '--fix', '--dry-run');
      assert.match(out, /^--- a\/a\.incident-playbook\.yaml.*\n\+\+\+ b\/a\.incident-playbook\.yaml.*\n@@ /);
      assert.match(out, /\n-\s+owner: socc\r?\n/);
      assert.match(out, /\n\+\s+owner: soc\r?\n/);
      assert.equal(readFileSync(join(folder, 'a.incident-playbook.yaml'), 'utf8'), MISSPELT);
      assert.match(check(folder, '--dry-run').err, /give both/);
    });

    it('fixes only what was asked for', () => {
      const folder = folderOf({ 'a.incident-playbook.yaml': MISSPELT });
      assert.equal(report(folder, '--fix', '--rule', 'role-undefined').summary.fixed, 1);
      const text = readFileSync(join(folder, 'a.incident-playbook.yaml'), 'utf8');
      assert.equal(text, MISSPELT.replace('owner: socc', 'owner: soc'));
    });

    it('does not choose between two meanings, and invents nothing', () => {
      const two = ORGANIZATION.replace('  soc: ', '  soc-b: { holder: on-call }\n  soc-a: ');
      const text = CLEAN.replaceAll('soc', 'soc-c').replace('    impacts: none\n', '');
      const folder = folderOf({ 'org/a.incident-org.yaml': two, 'a.incident-playbook.yaml': text });
      assert.equal(report(folder, '--fix').summary.fixed, 0);
      assert.equal(readFileSync(join(folder, 'a.incident-playbook.yaml'), 'utf8'), text);
    });

    it('leaves a short word alone that may have been meant to be another', () => {
      const text = CLEAN.replace('impacts: none\n', 'impacts: none\n    next: on\n').replace(
        'id: watch\n    title',
        'id: one\n    title',
      );
      const folder = folderOf({ 'a.incident-playbook.yaml': text });
      const { summary, findings } = report(folder, '--fix');
      assert.equal(summary.fixed, 0);
      assert.match(findings.map(({ message }) => message).join(' '), /did you mean "one"/);
    });

    it('does not take a capital M for minutes: it may be months', () => {
      const folder = folderOf({
        'a.incident-playbook.yaml': CLEAN.replace('impacts: none', 'impacts: none\n    within: 3M'),
      });
      assert.equal(report(folder, '--fix').summary.fixed, 0);
    });

    it('reports what stands behind an anchor once', () => {
      const step = CLEAN.slice(CLEAN.indexOf('  - id'), CLEAN.indexOf('severity'));
      const second = step.replace('id: watch', 'id: other').replace('owner: soc', 'owner: *who');
      const text = CLEAN.replace(step, step.replace('owner: soc', 'owner: &who nobody') + second);
      const { findings } = report(folderOf({ 'a.incident-playbook.yaml': text }));
      assert.deepEqual(
        findings.map(({ rule }) => rule),
        ['role-undefined'],
      );
    });

    it('keeps links and permissions, and leaves no half-written file', () => {
      const folder = folderOf({ 'real.yaml': MISSPELT });
      chmodSync(join(folder, 'real.yaml'), 0o640);
      symlinkSync('real.yaml', join(folder, 'link.incident-playbook.yaml'));
      check(folder, 'link.incident-playbook.yaml', '--fix');
      assert.ok(lstatSync(join(folder, 'link.incident-playbook.yaml')).isSymbolicLink());
      assert.equal(readFileSync(join(folder, 'real.yaml'), 'utf8'), MENDED);
      assert.equal(statSync(join(folder, 'real.yaml')).mode & 0o777, 0o640);
      assert.deepEqual(
        readdirSync(folder).filter((name) => name.endsWith('.tmp')),
        [],
      );
    });
  });

  describe('standard input', () => {
    const pipe = (folder: string, text: string | Uint8Array, ...args: string[]) =>
      spawnSync(process.execPath, [cli, 'check', ...today, '--stdin', ...args], {
        cwd: folder,
        input: text,
        encoding: 'utf8',
      });

    it('is checked as the file that it is, with the organisation around that', () => {
      const folder = folderOf({});
      const name = 'playbooks/new.incident-playbook.yaml';
      assert.equal(pipe(folder, CLEAN, '--stdin-filename', name).status, 0);
      const { status, stdout } = pipe(folder, FLAWED, '--stdin-filename', name, '--format', 'unix');
      assert.equal(status, 1);
      assert.match(stdout, /^playbooks\/new\.incident-playbook\.yaml:6:9: error: Nobody owns/);
    });

    it('refuses what does not go with it', () => {
      const folder = folderOf({});
      assert.match(pipe(folder, CLEAN, '--fix').stderr, /goes with neither --fix/);
      assert.match(pipe(folder, new Uint8Array([0xff, 0x00])).stderr, /binary file/);
      assert.match(check(folder, '--stdin-filename', 'a').err, /give both/);
    });
  });

  describe('--changed-since', () => {
    const git = (folder: string, ...args: string[]) => {
      const { status, stderr } = spawnSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], {
        cwd: folder,
        encoding: 'utf8',
      });
      assert.equal(status, 0, stderr);
    };
    const caller = CLEAN.replace('id: watch\n', 'id: caller\n').replace(
      '    instructions: Look.\n',
      '    playbook: watch\n',
    );
    const repository = () => {
      const folder = folderOf({
        'a.incident-playbook.yaml': FLAWED,
        'b.incident-playbook.yaml': FLAWED.replace('id: watch\n', 'id: b\n'),
        'c.incident-playbook.yaml': caller.replace('    owner: soc\n', ''),
      });
      git(folder, 'init', '-q');
      git(folder, 'add', '-A');
      git(folder, 'commit', '-qm', 'first');
      return folder;
    };
    const files = (folder: string) => report(folder, '--changed-since', 'HEAD').findings.map(({ file }) => file[0]);

    it('checks what has changed, and what depends on it', () => {
      const folder = repository();
      assert.deepEqual(files(folder), []);
      writeFileSync(join(folder, 'b.incident-playbook.yaml'), `${FLAWED.replace('id: watch\n', 'id: b\n')}# changed\n`);
      assert.deepEqual(files(folder), ['b']);
      writeFileSync(join(folder, 'a.incident-playbook.yaml'), `${FLAWED}# changed\n`);
      assert.deepEqual(files(folder), ['a', 'b', 'c']);
    });

    it('checks everything around a changed or deleted organisation, and a file that git does not know yet', () => {
      const folder = repository();
      writeFileSync(join(folder, 'd.incident-playbook.yaml'), FLAWED.replace('id: watch\n', 'id: d\n'));
      assert.deepEqual(files(folder), ['d']);
      rmSync(join(folder, 'org/a.incident-org.yaml'));
      assert.ok(new Set(files(folder)).size === 4);
    });

    it('checks who calls a playbook that has another id now, and who has the same id', () => {
      const folder = repository();
      assert.deepEqual(files(folder), []);
      writeFileSync(join(folder, 'a.incident-playbook.yaml'), CLEAN.replace('id: watch\n', 'id: renamed\n'));
      const found = () =>
        report(folder, '--changed-since', 'HEAD').findings.map(({ file, rule }) => `${file[0]} ${rule}`);
      assert.ok(found().includes('c next-undefined'));
      writeFileSync(join(folder, 'a.incident-playbook.yaml'), CLEAN.replace('id: watch\n', 'id: b\n'));
      assert.ok(found().includes('b duplicate-definition'));
    });

    it('checks everything around a deleted file, whatever its name was', () => {
      const folder = repository();
      writeFileSync(join(folder, 'roster.yaml'), 'format: organization/v1\n');
      git(folder, 'add', '-A');
      git(folder, 'commit', '-qm', 'second');
      rmSync(join(folder, 'roster.yaml'));
      assert.equal(new Set(files(folder)).size, 3);
    });

    it('says what is wrong with the revision', () => {
      const { code, err } = check(repository(), '--changed-since', 'no-such-branch');
      assert.equal(code, 2);
      assert.match(err, /git says: .*no-such-branch/);
      assert.match(check(repository(), '--changed-since', '--output=x').err, /is not a revision/);
    });
  });

  describe('beside the check', () => {
    it('explains rules, and lists them', () => {
      const { out } = runCli(['explain', 'outage-exceeds-tolerance'], root);
      assert.match(out, /^# outage-exceeds-tolerance\n[\s\S]*## Why\n[\s\S]*## Reported\n[\s\S]*## Not reported\n/);
      assert.match(
        runCli(['explain', 'outage-exceed-tolerance'], root).err,
        /did you mean "outage-exceeds-tolerance"\?/,
      );
      const list = runCli(['rules'], root).out;
      for (const { id } of rules) assert.ok(list.includes(`  ${id} `), id);
      assert.ok((JSON.parse(runCli(['rules', '--json'], root).out) as object[]).length > rules.length);
    });

    it('writes a starter whose only gaps are what is to be filled in', () => {
      const folder = folderWith({});
      folders.push(folder);
      const { code, out } = runCli(['init', ...today], folder);
      assert.equal(code, 0, out);
      assert.deepEqual(new Set(rulesOf(report(folder))), new Set(['placeholder-left']));
      const filled = (name: string) => {
        const path = join(folder, name);
        writeFileSync(
          path,
          readFileSync(path, 'utf8')
            .replace(/<[^>]*>/g, 'filled in')
            .replace('status: draft', 'status: in_review'),
        );
      };
      filled('organization/company.incident-org.yaml');
      filled('playbooks/stolen-account.incident-playbook.yaml');
      assert.deepEqual(report(folder).findings, []);
      const again = runCli(['init'], folder);
      assert.equal(again.code, 2);
      assert.match(again.err, /is there already, so nothing was written/);
    });
  });

  describe('bad input', () => {
    it('a waiver for a rule that there is not, playbooks that call each other, services that depend on each other, an id in two files', () => {
      const folder = folderOf({
        'a.incident-playbook.yaml': `${CLEAN.replace('instructions: Look.', 'playbook: other')}waivers: [{ rule: step-owner-mising, owner: soc, reason: x, expires: 2027-01-01 }]\n`,
        'b.incident-playbook.yaml': CLEAN.replace('id: watch\n', 'id: other\n').replace(
          'instructions: Look.',
          'playbook: watch',
        ),
        'c.incident-playbook.yaml': CLEAN,
        'org/b.incident-org.yaml':
          'format: organization/v1\nroles: { soc: { holder: on-call } }\nservices:\n  x: { owner: soc, depends_on: [y] }\n  y: { owner: soc, depends_on: [x] }\n',
      });
      const { code, findings } = report(folder);
      assert.equal(code, 1);
      const found = findings.map(({ file, rule, line }) => `${file} ${rule} ${line}`);
      for (const expected of [
        'a.incident-playbook.yaml playbook-call-cycle 10',
        'a.incident-playbook.yaml duplicate-definition 2',
        'a.incident-playbook.yaml schema 14',
        'b.incident-playbook.yaml playbook-call-cycle 10',
        'c.incident-playbook.yaml duplicate-definition 2',
        'org/a.incident-org.yaml duplicate-definition 5',
        'org/b.incident-org.yaml duplicate-definition 2',
        'org/b.incident-org.yaml service-dependency-cycle 4',
      ]) {
        assert.ok(found.includes(expected), `${expected}\n${found.join('\n')}`);
      }
    });

    it('a chain of a thousand calls', () => {
      const files = Object.fromEntries(
        Array.from({ length: 1000 }, (_, index) => {
          const text = CLEAN.replace('id: watch\n', `id: p${index}\n`);
          const calls = index < 999 ? text.replace('instructions: Look.', `playbook: p${index + 1}`) : text;
          return [`p${index}.incident-playbook.yaml`, calls];
        }),
      );
      const { code, findings } = report(folderOf(files));
      assert.deepEqual([code, findings], [0, []]);
    }).timeout(30_000);
  });
});
