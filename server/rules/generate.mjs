/**
 * Makes from the rule files: server/rules/index.ts (the list of rules), server/rules/README.md (their table) and a page
 * for each rule in server/rules/pages, which diagnostics link to and the command line prints.
 */
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));
const CATEGORIES = ['ownership', 'decisions', 'impact', 'flow', 'life cycle'];
const NOT_RULES = new Set(['index.ts', 'rule.ts']);

/** Takes whether only to look. Gives the files whose content was, or would have been, changed. */
export async function generate({ check = false } = {}) {
  const ids = (await readdir(here))
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && !NOT_RULES.has(name))
    .map((name) => name.replace(/\.ts$/, ''))
    .sort();
  const changed = [];
  await writeIfChanged(join(here, 'index.ts'), index(ids));
  const { rules, structureRules } = await load(ids);
  const pages = new Map(
    [...rules, ...structureRules].map((rule) => [`${rule.id}.md`, page(rule, structureRules.includes(rule))]),
  );
  await mkdir(join(here, 'pages'), { recursive: true });
  for (const [name, text] of pages) await writeIfChanged(join(here, 'pages', name), text);
  await writeIfChanged(join(here, 'README.md'), table(rules, structureRules));
  for (const name of await readdir(join(here, 'pages'))) {
    if (pages.has(name)) continue;
    changed.push(join(here, 'pages', name));
    if (!check) await rm(join(here, 'pages', name));
  }
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

function table(rules, structureRules) {
  const row = ({ id, severity, summary }) => `| [${id}](pages/${id}.md) | ${severity} | ${summary} |`;
  const section = (title, listed) =>
    [`## ${title}`, '', '| rule | severity | catches |', '| --- | --- | --- |', ...listed.map(row), ''].join('\n');
  return [
    '# The rules',
    '',
    'Made from the files of this folder by `npm run generate`: do not edit. A playbook whose `status` is `draft` is held to',
    'milder severities, and `.incident-playbooks.yaml` can set others. `incident-playbooks explain RULE` prints a page.',
    '',
    ...CATEGORIES.map((category) =>
      section(
        heading(category),
        rules.filter((rule) => rule.category === category),
      ),
    ),
    section('Structure', structureRules),
  ].join('\n');
}

function page(rule, isStructure) {
  const { id, severity, summary, why, category, examples } = rule;
  const bad = examples.filter(hasMarks);
  const good = examples.filter((example) => !hasMarks(example));
  return [
    `# ${id}`,
    '',
    `${summary} ${heading(severity)} by default${category ? `, about ${category}` : ''}.`,
    '',
    '## Why',
    '',
    why,
    '',
    ...examplesUnder('Reported', 'The carets mark the place; behind them is the message.', bad),
    ...examplesUnder('Not reported', '', good),
    '## Set it, or waive it',
    '',
    ...(isStructure ? ['This is a fault of the file itself: it cannot be switched off or waived.', ''] : settings(id)),
    '[All rules](../README.md)',
    '',
  ].join('\n');
}

function settings(id) {
  const config = `rules:\n  ${id}: warning # error, warning, info or off`;
  const waiver = [
    'waivers:',
    `  - rule: ${id}`,
    '    at: id-of-the-step # leave it out for the whole playbook',
    '    owner: role-that-accepts-the-risk',
    '    reason: Why it is accepted',
    '    expires: 2027-03-01',
  ].join('\n');
  return [
    'For all files of a folder, in its `.incident-playbooks.yaml`:',
    '',
    fenced(config, 'yaml'),
    '',
    ...(id.startsWith('waiver-')
      ? ['It cannot be waived.', '']
      : ['For one finding, in the playbook:', '', fenced(waiver, 'yaml'), '']),
  ];
}

function examplesUnder(title, note, examples) {
  if (examples.length === 0) return [];
  return [`## ${title}`, '', ...(note ? [note, ''] : []), ...examples.flatMap((example) => [fenced(example), ''])];
}

const hasMarks = (example) => /^ *\^/m.test(example);
const fenced = (example, language = 'text') => `\`\`\`${language}\n${example.trim()}\n\`\`\``;
const heading = (text) => text[0].toUpperCase() + text.slice(1);

/** Bundles all rules into one module, because they are TypeScript, and loads it. */
async function load(ids) {
  const contents = [
    ...ids.map((id, number) => `import * as rule${number} from './${id}.js';`),
    `export { structureRules } from '../check/structure-rules.js';`,
    `export const rules = [${ids.map((_, number) => `{ ...rule${number}.rule, examples: rule${number}.examples }`)}];`,
  ].join('\n');
  const result = await build({
    stdin: { contents, resolveDir: here, loader: 'ts' },
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
