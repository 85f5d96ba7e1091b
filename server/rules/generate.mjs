/** Makes from the rule files: server/rules/index.ts (the list of rules) and server/rules/README.md (their reference). */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));
const CATEGORIES = ['ownership', 'decisions', 'impact', 'flow', 'life cycle'];
const NOT_RULES = new Set(['index.ts', 'rule.ts']);

/** Takes whether to write. Gives the files whose content was, or would have been, changed. */
export async function generate({ check = false } = {}) {
  const ids = (await readdir(here))
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && !NOT_RULES.has(name))
    .map((name) => name.replace(/\.ts$/, ''))
    .sort();
  const changed = [];
  await writeIfChanged(join(here, 'index.ts'), index(ids));
  await writeIfChanged(join(here, 'README.md'), await reference(ids));
  return changed;

  async function writeIfChanged(file, text) {
    if ((await readFile(file, 'utf8').catch(() => undefined)) === text) return;
    changed.push(file);
    if (!check) await writeFile(file, text);
  }
}

function index(ids) {
  const name = (id) => id.replace(/-(.)/g, (_, letter) => letter.toUpperCase());
  return [
    '/** All rules, made from the files of this folder by server/rules/generate.mjs. */',
    ...ids.map((id) => `import { rule as ${name(id)} } from './${id}.js';`),
    "import type { Rule } from './rule.js';",
    '',
    'export const rules: readonly Rule[] = [',
    ...ids.map((id) => `  ${name(id)},`),
    '];',
    '',
  ].join('\n');
}

async function reference(ids) {
  const rules = await Promise.all(ids.map(load));
  const sections = CATEGORIES.filter((category) => rules.some(({ rule }) => rule.category === category)).map(
    (category) => {
      const inCategory = rules.filter(({ rule }) => rule.category === category);
      const table = inCategory.map(({ rule }) => `| [${rule.id}](#${rule.id}) | ${rule.severity} | ${rule.summary} |`);
      return [
        `## ${heading(category)}`,
        '',
        '| rule | severity | catches |',
        '| --- | --- | --- |',
        ...table,
        '',
        ...inCategory.map(page),
      ].join('\n');
    },
  );
  return [
    '# The rules',
    '',
    'Made from the files of this folder by `npm run generate`: do not edit. A playbook whose `status` is `draft` is held to',
    'milder severities, and `.incident-playbooks.yaml` can set others. In the examples the carets mark what is reported.',
    '',
    ...sections,
  ].join('\n');
}

function page({ rule, examples }) {
  const bad = examples.find(hasMarks);
  const good = examples.find((example) => !hasMarks(example));
  return [
    `### ${rule.id}`,
    '',
    `**${heading(rule.severity)}.** ${rule.summary} ${rule.why}`,
    '',
    'Reported:',
    '',
    fenced(bad),
    '',
    'Not reported:',
    '',
    fenced(good),
    '',
  ].join('\n');
}

const hasMarks = (example) => /^ *\^/m.test(example);
const fenced = (example) => `\`\`\`text\n${example.trim()}\n\`\`\``;
const heading = (text) => text[0].toUpperCase() + text.slice(1);

async function load(id) {
  const result = await build({
    entryPoints: [join(here, `${id}.ts`)],
    bundle: true,
    format: 'esm',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    write: false,
  });
  return import(`data:text/javascript;base64,${Buffer.from(result.outputFiles[0].text).toString('base64')}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const check = process.argv.includes('--check');
  const changed = await generate({ check });
  if (check && changed.length > 0) {
    console.error(`Out of date: ${changed.join(', ')}. Run npm run generate.`);
    process.exitCode = 1;
  }
}
