/** Where teams meet the gate: the GitHub Action, the GitLab example and the hooks of pre-commit, as far as they run here. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { folderWith } from './harness/folder.js';
import { cli, root, samples } from './harness/paths.js';

interface Action {
  inputs: Record<string, { default?: string; description: string }>;
  runs: {
    using: string;
    steps: { name: string; run?: string; env?: Record<string, string>; uses?: string; shell?: string }[];
  };
}

const read = <T>(...path: string[]) => parse(readFileSync(join(root, ...path), 'utf8')) as T;

describe('pipelines', () => {
  const folders: string[] = [];
  const samplesCopy = () => {
    const folder = folderWith({});
    folders.push(folder);
    cpSync(samples, folder, { recursive: true });
    return folder;
  };
  after(() => {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  });

  describe('the GitHub Action', () => {
    const { inputs, runs } = read<Action>('action.yml');
    const step = runs.steps.find(({ name }) => name === 'Check incident playbooks');

    /** Runs the action's own script in bash, with the inputs as GitHub would hand them over. */
    function run(folder: string, given: Record<string, string>) {
      const values = {
        ...Object.fromEntries(Object.entries(inputs).map(([name, input]) => [name, input.default ?? ''])),
        ...given,
      };
      const environment = Object.fromEntries(
        Object.entries(step?.env ?? {}).map(([name, text]) => [
          name,
          text.replace(
            /\$\{\{ inputs\.([\w-]+) \}\}/g,
            (_, input: string) => (values as Record<string, string>)[input] ?? '',
          ),
        ]),
      );
      const temporary = folderWith({});
      folders.push(temporary);
      const { status, stdout, stderr } = spawnSync('bash', ['-e', '-c', step?.run ?? 'exit 99'], {
        cwd: folder,
        encoding: 'utf8',
        env: {
          PATH: process.env['PATH'],
          GITHUB_ACTION_PATH: root,
          GITHUB_OUTPUT: join(temporary, 'output'),
          GITHUB_STEP_SUMMARY: join(temporary, 'summary'),
          RUNNER_TEMP: temporary,
          ...environment,
        },
      });
      const file = (name: string) =>
        existsSync(join(temporary, name)) ? readFileSync(join(temporary, name), 'utf8') : '';
      return { status, stdout, stderr, summary: file('summary'), output: file('output') };
    }

    it('annotates lines, writes a summary and a SARIF file, and fails', () => {
      const folder = samplesCopy();
      const { status, stdout, summary, output } = run(folder, {});
      assert.equal(status, 1);
      assert.match(stdout, /^::error file=playbooks\/insider\.incident-playbook\.yaml,line=\d+/m);
      assert.match(summary, /^## Incident playbooks\n/);
      assert.equal(output, 'sarif-file=incident-playbooks.sarif\n');
      assert.match(readFileSync(join(folder, 'incident-playbooks.sarif'), 'utf8'), /"version": "2\.1\.0"/);
    });

    it('passes on its inputs', () => {
      assert.equal(run(samplesCopy(), { 'fail-on': 'never' }).status, 0);
      assert.equal(run(samplesCopy(), { 'fail-on': 'never', 'max-warnings': '0' }).status, 1);
      const { status, stdout } = run(samplesCopy(), {
        paths: 'playbooks/ddos.incident-playbook.yaml\nplaybooks/ransomware.incident-playbook.yaml',
      });
      assert.deepEqual([status, stdout], [0, '']);
    });

    it('takes no input for a command or an option', () => {
      const folder = samplesCopy();
      const { status, stderr } = run(folder, {
        paths: '$(touch evil) ; touch evil --fail-on never',
        'changed-since': '--output=x',
      });
      assert.equal(status, 2);
      assert.match(stderr, /is not a revision/);
      assert.equal(existsSync(join(folder, 'evil')), false);
    });

    it('uses inputs nowhere inside a script', () => {
      for (const { run: script = '' } of runs.steps) assert.doesNotMatch(script, /\$\{\{/);
    });
  });

  it('the GitLab example writes the reports that it names', () => {
    const pipeline = read<Record<string, { script: string[]; artifacts: { reports: Record<string, string> } }>>(
      'samples/pipelines/gitlab-ci.yml',
    );
    const job = pipeline['incident-playbooks'];
    const folder = samplesCopy();
    const script = (job?.script ?? []).map((line) => line.replace(/^npx --yes \S+/, `"${process.execPath}" "${cli}"`));
    assert.ok(script[0]?.includes(cli));
    const { status } = spawnSync('bash', ['-e', '-c', script.join('\n')], { cwd: folder, encoding: 'utf8' });
    assert.equal(status, 1);
    const { codequality = '', junit = '' } = job?.artifacts.reports ?? {};
    assert.ok((JSON.parse(readFileSync(join(folder, codequality), 'utf8')) as object[]).length > 20);
    assert.match(readFileSync(join(folder, junit), 'utf8'), /^<\?xml/);
  });

  it('the hooks of pre-commit name a program of the package, and the files that it is for', () => {
    const hooks = read<{ id: string; entry: string; files: string; language: string }[]>('.pre-commit-hooks.yaml');
    const { bin } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { bin: Record<string, string> };
    for (const { entry, files, language } of hooks) {
      assert.equal(language, 'node');
      assert.ok(Object.keys(bin).includes(entry.split(' ')[0] ?? ''));
      // pre-commit reads this as Python does; of what is used here both mean the same.
      for (const name of ['a.incident-playbook.yaml', 'org/b.incident-org.yml']) assert.match(name, new RegExp(files));
      assert.doesNotMatch('playbook.yaml', new RegExp(files));
    }
    const [first] = hooks;
    const folder = samplesCopy();
    writeFileSync(join(folder, 'playbooks/new.incident-playbook.yaml'), 'format: playbook/v1\nid: new\n');
    const { status } = spawnSync(
      process.execPath,
      [cli, ...(first?.entry.split(' ').slice(1) ?? []), 'playbooks/new.incident-playbook.yaml'],
      { cwd: folder },
    );
    assert.equal(status, 1);
    const config = read<{ repos: { hooks: { id: string }[] }[] }>('samples/pipelines/pre-commit-config.yaml');
    assert.deepEqual(
      config.repos.flatMap((repo) => repo.hooks.map(({ id }) => id)),
      [first?.id],
    );
  });
});
