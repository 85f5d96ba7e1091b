/**
 * Makes from the schemas: server/model/generated/types.ts (plain types), schemas.ts (the schemas as values, for reading,
 * completion and hover) and validate.js (ajv's standalone validators, one for each kind of file and of top-level item).
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Ajv, { _ } from 'ajv';
import standaloneCode from 'ajv/dist/standalone/index.js';
import { build } from 'esbuild';
import { compile } from 'json-schema-to-typescript';

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, '../server/model/generated');
const names = ['common', 'organization', 'config', 'baseline', 'playbook'];

/** What is validated on its own: files without their items, and the items, so that a keystroke validates one item. */
const validated = {
  playbook: 'playbook.file',
  organization: 'organization.file',
  config: 'config.schema.json',
  baseline: 'baseline.schema.json',
  step: 'playbook.schema.json#/definitions/step',
  person: 'common.schema.json#/definitions/person',
  role: 'common.schema.json#/definitions/role',
  service: 'common.schema.json#/definitions/service',
  channel: 'organization.schema.json#/definitions/channel',
  obligation: 'organization.schema.json#/definitions/obligation',
};

export async function generate() {
  await mkdir(out, { recursive: true });
  const schemas = Object.fromEntries(
    await Promise.all(
      names.map(async (name) => [name, JSON.parse(await readFile(join(here, `${name}.schema.json`), 'utf8'))]),
    ),
  );
  await Promise.all([
    writeIfChanged(join(out, 'types.ts'), await types(schemas)),
    writeIfChanged(join(out, 'schemas.ts'), schemaValues(schemas)),
    writeIfChanged(join(out, 'validate.js'), await validators(schemas)),
    writeIfChanged(join(out, 'validate.d.ts'), validatorTypes()),
  ]);
}

async function types(schemas) {
  const { playbook, organization, config, baseline } = schemas;
  const definitions = Object.assign({}, ...names.map((name) => schemas[name].definitions ?? {}));
  const withoutDefinitions = ({ definitions: _definitions, ...schema }) => schema;
  const files = JSON.parse(
    JSON.stringify({
      title: 'Files',
      description: 'The kinds of file.',
      type: 'object',
      properties: {
        playbook: withoutDefinitions(playbook),
        organization: withoutDefinitions(organization),
        config: withoutDefinitions(config),
        baseline: withoutDefinitions(baseline),
      },
      required: ['playbook', 'organization', 'config', 'baseline'],
      definitions,
    }).replaceAll(/"[a-z]+\.schema\.json#/g, '"#'),
    (key, value) => (isShape(value) && key !== 'properties' && key !== 'definitions' ? shapeOnly(value) : value),
  );
  return compile(files, 'Files', {
    bannerComment: '/** Types of the kinds of file, made from the schemas by schemas/generate.mjs. */',
    additionalProperties: false,
    unreachableDefinitions: true,
    format: false,
    ignoreMinAndMaxItems: true,
  });
}

const isShape = (value) => value !== null && typeof value === 'object' && !Array.isArray(value);

/** Leaves out what says how values depend on each other: the types describe what may stand where. */
function shapeOnly(schema) {
  const { $id, $schema, oneOf, dependencies, if: condition, then, examples, propertyNames, ...rest } = schema;
  return rest.$ref ? { $ref: rest.$ref } : rest;
}

function schemaValues(schemas) {
  const lines = names.map((name) => `  '${name}.schema.json': ${JSON.stringify(absolute(schemas[name]))},`);
  return [
    '/** The schemas as values, made by schemas/generate.mjs. */',
    "import type { Schema } from '../schema.js';",
    '',
    `export const schemas: Readonly<Record<string, Schema>> = {\n${lines.join('\n')}\n};\n`,
  ].join('\n');
}

/** The schema with every reference naming its file. */
function absolute(schema) {
  return JSON.parse(JSON.stringify(schema).replaceAll('"$ref":"#', `"$ref":"${schema.$id}#`));
}

/** The schema of a file whose items are validated on their own: here they only have to be maps. */
function withoutItems(schema, $id) {
  const itemKinds = Object.values(validated).filter((ref) => ref.includes('#'));
  return JSON.parse(JSON.stringify({ ...absolute(schema), $id }), (_key, value) => {
    if (value?.$ref && /#.definitions.(people|roles|services)$/.test(value.$ref)) {
      return {
        type: 'object',
        propertyNames: { $ref: 'common.schema.json#/definitions/id' },
        additionalProperties: { type: 'object' },
      };
    }
    return value?.$ref && itemKinds.includes(value.$ref) ? { type: 'object' } : value;
  });
}

async function validators(schemas) {
  const { formats } = await importTypeScript(join(here, '../server/model/formats.ts'));
  const ajv = new Ajv({
    schemas: [
      ...Object.values(schemas),
      withoutItems(schemas.playbook, 'playbook.file'),
      withoutItems(schemas.organization, 'organization.file'),
    ],
    allErrors: true,
    verbose: false,
    ownProperties: true,
    strict: false,
    formats: Object.fromEntries(Object.entries(formats).map(([name, { test }]) => [name, test])),
    inlineRefs: false,
    // The written forms are defined in one place: the validators reach them through the `tests` that is put in front.
    code: { source: true, esm: true, formats: _`tests` },
  });
  const code = standaloneCode(ajv, validated);
  const source = `import { formats } from '../formats.ts';\nconst tests = Object.fromEntries(Object.entries(formats).map(([name, { test }]) => [name, test]));\n${code}`;
  const result = await build({
    stdin: { contents: source, resolveDir: out, loader: 'js' },
    bundle: true,
    format: 'esm',
    platform: 'neutral',
    mainFields: ['main'],
    write: false,
    minifySyntax: true,
    legalComments: 'none',
  });
  return `/** Ajv's standalone validators, made from the schemas by schemas/generate.mjs. */\n${result.outputFiles[0].text}`;
}

function validatorTypes() {
  const lines = Object.keys(validated).map((name) => `export declare const ${name}: Validate;`);
  return `/** Ajv's standalone validators, made from the schemas by schemas/generate.mjs. */
export interface ValidationError {
  readonly keyword: string;
  readonly instancePath: string;
  readonly schemaPath: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly message?: string;
}
export interface Validate {
  (value: unknown): boolean;
  errors?: readonly ValidationError[] | null;
}
${lines.join('\n')}
`;
}

async function importTypeScript(file) {
  const result = await build({ entryPoints: [file], bundle: true, format: 'esm', platform: 'neutral', write: false });
  return import(`data:text/javascript;base64,${Buffer.from(result.outputFiles[0].text).toString('base64')}`);
}

async function writeIfChanged(file, text) {
  const before = await readFile(file, 'utf8').catch(() => undefined);
  if (before !== text) await writeFile(file, text);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await generate();
