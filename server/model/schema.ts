/** The JSON Schemas as the model, completion and hover read them. */
import { schemas } from './generated/schemas.js';

/** A JSON Schema (draft-07), as far as the format uses it. */
export interface Schema {
  readonly $ref?: string;
  readonly title?: string;
  readonly description?: string;
  readonly examples?: readonly unknown[];
  readonly type?: string;
  readonly format?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly default?: unknown;
  readonly deprecated?: boolean;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly required?: readonly string[];
  readonly definitions?: Readonly<Record<string, Schema>>;
  /** What the id names: a role, a person, a service, a step and so on. */
  readonly 'x-refers-to'?: string;
  /** What only the validators read. */
  readonly [keyword: string]: unknown;
}

/** Takes a schema. Gives it with what it refers to filled in; what it says itself wins, such as its own description. */
export function resolved(schema: Schema): Schema {
  if (!schema.$ref) return schema;
  const known = RESOLVED.get(schema);
  if (known) return known;
  const { $ref, ...own } = schema;
  const merged = { ...resolved(schemaAt($ref)), ...own };
  RESOLVED.set(schema, merged);
  return merged;
}

/** The schemas never change, and every value of every file asks for one. */
const RESOLVED = new WeakMap<Schema, Schema>();

/** Takes a reference such as `playbook.schema.json#/definitions/step`. Gives the schema there. */
export function schemaAt(ref: string): Schema {
  const [file = '', path = ''] = ref.split('#');
  const schema = schemas[file];
  if (!schema) throw new Error(`No schema ${file}`);
  const name = /^\/definitions\/(.+)$/.exec(path)?.[1];
  const found = name === undefined ? schema : schema.definitions?.[name];
  if (!found) throw new Error(`No schema ${ref}`);
  return found;
}
