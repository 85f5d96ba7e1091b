/** Turns the errors of the schema validators into sentences: what is wrong, what is allowed, the nearest match. */

import { type Fix, replaceText } from '../text/edit.js';
import { isBlank, type MapNode, type Node, type ScalarNode } from '../text/node.js';
import type { Place } from '../text/place.js';
import { formats } from './formats.js';
import type { ValidationError } from './generated/validate.js';
import { didYouMean, isSlip, nearest } from './near.js';
import { resolved, type Schema } from './schema.js';

export interface SchemaProblem {
  readonly place: Place;
  readonly message: string;
  readonly fixes?: readonly Fix[];
}

/** Takes the errors of one validation, the node and the schema that were validated. Gives the problems in text order. */
export function schemaProblems(errors: readonly ValidationError[], root: Node, schema: Schema): SchemaProblem[] {
  const problems: SchemaProblem[] = [];
  for (const error of withoutOtherBranches(errors.filter(isWhole))) {
    const target = locate(root, schema, error.instancePath);
    if (!target || (isBlank(target.node) && error.keyword !== 'required')) continue;
    const problem = problemOf(error, target);
    if (problem) problems.push(problem);
  }
  return problems;
}

/** Leaves out what each single way to be a step asks for: together they are one error. */
function isWhole({ schemaPath }: ValidationError): boolean {
  return !schemaPath.includes('/oneOf/');
}

/**
 * A value that may be of two kinds gets the errors of both. Those that only say "it is not of the other kind" are left
 * out when there are better ones.
 */
function withoutOtherBranches(errors: readonly ValidationError[]): readonly ValidationError[] {
  const choices = errors.filter(({ keyword }) => keyword === 'anyOf');
  return choices.reduce((kept, choice) => {
    const at = choice.instancePath;
    const isAlternative = (error: ValidationError) =>
      error.instancePath === at && (error.keyword === 'type' || error.keyword === 'const');
    const better = kept.some(
      (error) =>
        error !== choice &&
        !isAlternative(error) &&
        (error.instancePath === at || error.instancePath.startsWith(`${at}/`)),
    );
    return kept.filter((error) => !isAlternative(error) && (error !== choice || !better));
  }, errors);
}

interface Target {
  readonly node: Node;
  readonly schema: Schema;
  /** The key that the value stands behind; the list's key for an item of a list. */
  readonly key: string | undefined;
  readonly isItem?: boolean | undefined;
}

function locate(root: Node, schema: Schema, path: string): Target | undefined {
  let target: Target = { node: root, schema: resolved(schema), key: undefined };
  for (const step of path.split('/').slice(1)) {
    const name = step.replaceAll('~1', '/').replaceAll('~0', '~');
    const next = child(target, name);
    if (!next) return undefined;
    target = next;
  }
  return target;
}

function child({ node, schema, key }: Target, name: string): Target | undefined {
  if (node.kind === 'map') {
    const value = node.pairs.get(name)?.value;
    const branch = branchFor(schema, node);
    const additional = typeof branch.additionalProperties === 'object' ? branch.additionalProperties : {};
    const own = branch.properties && Object.hasOwn(branch.properties, name) ? branch.properties[name] : undefined;
    return value && { node: value, schema: resolved(own ?? additional), key: name };
  }
  if (node.kind === 'sequence') {
    const item = node.items[Number(name)];
    return item && { node: item, schema: resolved(branchFor(schema, node).items ?? {}), key, isItem: true };
  }
  return undefined;
}

/** Takes a schema and a node. Gives the branch of the schema's `anyOf` that fits the kind of node. */
export function branchFor(schema: Schema, node: Node): Schema {
  if (!schema.anyOf) return schema;
  const type = node.kind === 'map' ? 'object' : node.kind === 'sequence' ? 'array' : undefined;
  const found = schema.anyOf.find((option) => {
    const branch = resolved(option);
    return type ? branch.type === type : branch.type !== 'object' && branch.type !== 'array';
  });
  return found ? resolved(found) : {};
}

function problemOf(error: ValidationError, { node, schema, key, isItem }: Target): SchemaProblem | undefined {
  const { params } = error;
  const here = (message: string) => ({ place: node.place, message });
  const name = key === undefined ? 'This' : `"${key}"`;
  switch (error.keyword) {
    case 'additionalProperties':
      return unknownKey(String(params['additionalProperty']), node, schema);
    case 'required':
      return missingKey(String(params['missingProperty']), node, schema);
    case 'type':
      return {
        ...here(wrongType(String(params['type']), name, { node, isItem })),
        ...quoted(String(params['type']), node, schema),
      };
    case 'enum':
      return {
        ...here(wrongChoice(name, node, schema.enum ?? [])),
        ...toNearChoice(node, schema.enum ?? []),
      };
    case 'const':
      return here(wrongChoice(name, node, [params['allowedValue']]));
    case 'format':
      // A form is asked of texts; at a map it is that of a key in it, which is reported at the key.
      return node.kind !== 'scalar'
        ? undefined
        : {
            ...here(wrongFormat(String(params['format']), name, node)),
            ...changed(node, repaired(String(params['format']), node), true),
          };
    case 'propertyNames':
      return wrongName(String(params['propertyName']), node);
    case 'anyOf':
      return here(wrongKind(name, schema));
    case 'oneOf':
      return wrongStepKind(node);
    case 'dependencies':
      return misplacedKey(String(params['property']), String(params['missingProperty']), node);
    case 'minItems':
      return here(`${name} is an empty list. Write at least one item, or take the key out.`);
    case 'minLength':
      return here(`${name} is empty. Write a text, or take the key out.`);
    case 'maxLength':
      return here(`${name} is longer than 65,536 characters. Link to a document instead.`);
    case 'minimum':
    case 'maximum':
      return here(`${name} must be a whole number from 1 to 1000.`);
    default:
      return undefined;
  }
}

function unknownKey(typed: string, node: Node, schema: Schema): SchemaProblem | undefined {
  const key = node.kind === 'map' ? node.pairs.get(typed)?.key : undefined;
  if (!key) return undefined;
  const allowed = Object.keys(branchFor(schema, node).properties ?? {});
  const near = nearest(typed, allowed);
  const message =
    near.length > 0
      ? `Unknown key "${clip(typed)}"${didYouMean(near.slice(0, 1))}`
      : `Unknown key "${clip(typed)}". Allowed here: ${allowed.join(', ')}.`;
  return {
    place: key.place,
    message,
    ...changedAt(key.place, near[0], near[0] !== undefined && isSlip(typed, near[0])),
  };
}

function missingKey(missing: string, node: Node, schema: Schema): SchemaProblem | undefined {
  if (node.kind === 'map' && node.pairs.has(missing)) return undefined;
  const branch = branchFor(schema, node);
  const property = branch.properties?.[missing];
  const what = branch.title ? `${/^[aeio]/i.test(branch.title) ? 'An' : 'A'} ${branch.title.toLowerCase()}` : 'This';
  const example = property ? exampleOf(missing, resolved(property)) : undefined;
  const message = `${what} needs "${missing}"${example ? `, such as ${example}` : ''}.`;
  return { place: headOf(node), message };
}

function exampleOf(key: string, schema: Schema): string | undefined {
  const example = schema.examples?.[0];
  return typeof example === 'string' || typeof example === 'number' ? `"${key}: ${example}"` : undefined;
}

function wrongType(type: string, name: string, { node, isItem }: Pick<Target, 'node' | 'isItem'>): string {
  if (type === 'string' && node.kind === 'scalar')
    return `${name} must be text. Put it in quotes: "${clip(node.source)}".`;
  if (type === 'array') {
    const isGlued = node.kind === 'scalar' && /^-[^\s-]/.test(node.source);
    if (isGlued) return `${name} must be a list, and each hyphen needs a space after it: "- ".`;
    return `${name} must be a list: each item on a line of its own with "- " before it.`;
  }
  if (type === 'object' && isItem) {
    return `An item of ${name} must be a map: "key: value" lines behind its "- ". If it belongs to the key above, indent it deeper.`;
  }
  if (type === 'object') return `${name} must be a map: "key: value" lines, indented below it.`;
  if (type === 'boolean') return `${name} must be true or false.`;
  if (type === 'integer') return `${name} must be a whole number.`;
  if (node.kind === 'map') return `${name} must be a single text, not a map. A text with ": " in it needs quotes.`;
  return `${name} must be a single text, not a list.`;
}

function wrongChoice(name: string, node: Node, allowed: readonly unknown[]): string {
  const names = allowed.map(String);
  if (node.kind !== 'scalar') return `${name} must be ${listed(names)}.`;
  const typed = String(node.value ?? node.source);
  const near = nearest(typed, names);
  const guess = near.length > 0 && names.length > 1 ? ` Did you mean "${near[0]}"?` : '';
  return `${name} cannot be "${clip(typed)}".${guess} Allowed: ${listed(names)}.`;
}

function wrongFormat(format: string, name: string, node: Node): string {
  const form = formats[format];
  const typed = node.kind === 'scalar' ? String(node.value ?? node.source) : '';
  return `${name}: "${clip(typed)}" is not ${form?.noun ?? format}. Write it like ${form?.example ?? 'the examples'}.`;
}

/** Takes a text that is written in another form. Gives it in the right one, where there is no doubt. */
function repaired(format: string, node: ScalarNode): string | undefined {
  const form = formats[format];
  const text = form?.repair?.(String(node.value ?? node.source).trim());
  return text !== undefined && form?.test(text) ? text : undefined;
}

function toNearChoice(node: Node, allowed: readonly unknown[]): Pick<SchemaProblem, 'fixes'> {
  if (node.kind !== 'scalar' || allowed.length < 2) return {};
  const typed = String(node.value ?? node.source);
  const [near] = nearest(typed, allowed.map(String));
  return changed(node, near, near !== undefined && isSlip(typed, near));
}

function changed(node: Node, text: string | undefined, isSafe: boolean): Pick<SchemaProblem, 'fixes'> {
  return node.kind === 'scalar' ? changedAt(node.place, text, isSafe) : {};
}

function changedAt(place: Place, text: string | undefined, isSafe: boolean): Pick<SchemaProblem, 'fixes'> {
  if (text === undefined) return {};
  return { fixes: [{ title: `Change to "${text}"`, edits: [replaceText(place, text)], isSafe }] };
}

/** Puts quotes around a number that should be text, where any text will do. */
function quoted(type: string, node: Node, schema: Schema): Pick<SchemaProblem, 'fixes'> {
  if (type !== 'string' || node.kind !== 'scalar' || schema.format || /["'\\]/.test(node.source)) return {};
  const text = `"${node.source}"`;
  return { fixes: [{ title: `Put it in quotes: ${text}`, edits: [{ place: node.place, text }], isSafe: true }] };
}

function wrongName(typed: string, node: Node): SchemaProblem | undefined {
  const key = node.kind === 'map' ? node.pairs.get(typed)?.key : undefined;
  const form = formats['kebab-id'];
  return key && { place: key.place, message: `"${clip(typed)}" is not ${form?.noun}. Write it like ${form?.example}.` };
}

function wrongKind(name: string, schema: Schema): string {
  const kinds = (schema.anyOf ?? []).map(resolved).filter(({ deprecated }) => !deprecated);
  const words = kinds.map((kind) => {
    if (kind.const !== undefined) return String(kind.const);
    if (kind.type === 'array') return `a list of ${resolved(kind.items ?? {}).title?.toLowerCase() ?? 'item'}s`;
    return kind.title ? `the id of one ${schema['x-refers-to'] ?? 'definition'}` : 'text';
  });
  return `${name} must be ${listed(words)}.`;
}

const STEP_KINDS = ['instructions', 'decision', 'parallel', 'playbook'];

function wrongStepKind(node: Node): SchemaProblem {
  const present = node.kind === 'map' ? STEP_KINDS.filter((key) => node.pairs.has(key)) : [];
  const keys = (names: readonly string[]) =>
    listed(
      names.map((name) => `"${name}"`),
      'and',
    );
  if (present.length === 0) {
    return {
      place: headOf(node),
      message: `A step says what it is by one of ${keys(STEP_KINDS)}. This one has none of them.`,
    };
  }
  const second = node.kind === 'map' ? node.pairs.get(present[1] ?? '')?.key.place : undefined;
  const message = `A step is one thing: this one has ${keys(present)}. Split it, or keep one of them.`;
  return { place: second ?? headOf(node), message };
}

function misplacedKey(key: string, needs: string, node: Node): SchemaProblem {
  const place = (node.kind === 'map' ? node.pairs.get(key)?.key.place : undefined) ?? headOf(node);
  const message =
    key === 'parallel'
      ? 'A parallel block needs "join": the step that goes on when all branches are done, or end.'
      : `"${key}" belongs to a step with "${needs}". Add "${needs}", or take "${key}" out.`;
  return { place, message };
}

/** Takes a node. Gives the place to point at when something is missing in it: its first key, or its id. */
export function headOf(node: Node): Place {
  if (node.kind !== 'map') return node.place;
  return node.pairs.get('id')?.value.place ?? firstKey(node)?.place ?? node.place;
}

function firstKey(node: MapNode) {
  for (const { key } of node.pairs.values()) return key;
  return undefined;
}

function listed(words: readonly string[], last = 'or'): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}`;
}

function clip(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 60 ? `${line.slice(0, 59)}…` : line;
}
