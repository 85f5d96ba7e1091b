/** The samples: the clean ones are clean, the flawed ones show what their README says, and every front door agrees. */
import assert from 'node:assert/strict';
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { folderWith } from './harness/folder.js';
import { LanguageClient } from './harness/language-client.js';
import { root, samples } from './harness/paths.js';
import { runCli } from './harness/run-cli.js';

interface Finding {
  rule: string;
  severity: string;
  file: string;
  line: number;
  column: number;
  endLine: number;
  endColumn: number;
  message: string;
  at: string | null;
}

const FLAWED = ['insider', 'supplier-compromise'];
const playbooks = readdirSync(join(samples, 'playbooks')).filter((name) => name.endsWith('.yaml'));
const nameOf = (file: string) => file.replace(/^.*\/|\.incident-.*$/g, '');

const SEVERITIES: Readonly<Record<string, string>> = { E: 'error', W: 'warning', I: 'info' };

/** The rows of the table of a flawed playbook in samples/README.md: line, rule, severity. */
function planted(name: string): string[] {
  const readme = readFileSync(join(samples, 'README.md'), 'utf8');
  const section = readme.split(/^## /m).find((part) => part.startsWith(`${name}:`)) ?? '';
  return [...section.matchAll(/^\| ([\d, ]+) \| ([\w-]+) \| ([EWI]) \|/gm)].flatMap(
    ([, lines = '', rule, severity = '']) => lines.split(', ').map((line) => `${line} ${rule} ${SEVERITIES[severity]}`),
  );
}

describe('the samples', () => {
  let findings: Finding[];
  before(() => {
    const { out } = runCli(['check', 'samples', '--format', 'json', '--today', '2026-11-20'], root);
    findings = (JSON.parse(out) as { findings: Finding[] }).findings;
  });

  it('are an organisation and eight playbooks of 12 to 40 steps', () => {
    assert.equal(playbooks.length, 8);
    for (const name of playbooks) {
      const text = readFileSync(join(samples, 'playbooks', name), 'utf8');
      const steps = [...text.slice(text.indexOf('\nsteps:')).matchAll(/^(?: {2})?- id: /gm)].length;
      assert.ok(steps >= 12 && steps <= 40, `${name}: ${steps}`);
    }
  });

  it('show nothing but information in the clean playbooks and in the organisation', () => {
    const clean = findings.filter(({ file, severity }) => !FLAWED.includes(nameOf(file)) && severity !== 'info');
    assert.deepEqual(clean, []);
  });

  for (const name of FLAWED) {
    it(`show each planted flaw of ${name}, and nothing else`, () => {
      const expected = planted(name);
      assert.ok(expected.length >= 8, `${expected.length} flaws in the table`);
      const found = findings
        .filter(({ file }) => nameOf(file) === name)
        .map(({ line, rule, severity }) => `${line} ${rule} ${severity}`);
      assert.deepEqual(found.sort(), expected.sort());
    });
  }

  for (const profile of ['author', 'review', 'audit']) {
    it(`give the same findings in the editor as on the command line, under ${profile}, with waivers and a baseline`, async () => {
      const folder = folderWith({});
      cpSync(samples, folder, { recursive: true });
      const baselined = 'playbooks/supplier-compromise.incident-playbook.yaml';
      writeFileSync(join(folder, '.incident-playbooks.yaml'), `root: true\nprofile: ${profile}\n`);
      assert.equal(runCli(['check', baselined, '--write-baseline'], folder).code, 0);
      // One finding is new since then, and one is gone.
      const path = join(folder, baselined);
      writeFileSync(path, readFileSync(path, 'utf8').replace('accountable:', '#').replace('    owner: ', '    #'));
      const client = await LanguageClient.start(folder, { pull: true });
      const { out } = runCli(['check', '--format', 'json'], folder);
      const report = JSON.parse(out) as { findings: Finding[]; summary: { inBaseline: number; waived: number } };
      assert.ok(report.summary.inBaseline > 10 && report.summary.waived > 0);
      assert.ok(report.findings.some(({ file }) => file === baselined));
      for (const name of [
        ...playbooks.map((one) => `playbooks/${one}`),
        ...readdirSync(join(samples, 'organization')).map((one) => `organization/${one}`),
      ]) {
        const uri = pathToFileURL(join(folder, name)).href;
        await client.open(uri, readFileSync(join(folder, name), 'utf8'));
        const server = (await client.pull(uri)).map(({ range: { start, end }, code, severity, message }) => [
          code,
          ['', 'error', 'warning', 'info'][severity ?? 0],
          [start.line + 1, start.character + 1, end.line + 1, end.character + 1],
          message,
        ]);
        const cli = report.findings
          .filter(({ file }) => file === name)
          .map((finding) => [
            finding.rule,
            finding.severity,
            [finding.line, finding.column, finding.endLine, finding.endColumn],
            finding.message,
          ]);
        assert.deepEqual(server, cli, name);
      }
      await client.stop();
      rmSync(folder, { recursive: true });
    });
  }
});
