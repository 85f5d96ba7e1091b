/** Extracts the selected steps into a playbook of their own, which a call takes the place of. */
import { type Graph, graphOf, keyOf } from '../../graph/graph.js';
import { END, isStepId } from '../../model/id.js';
import { type Step, titleOfStep } from '../../model/step.js';
import { replaceText } from '../../text/edit.js';
import { itemSpans, type TextEdit } from '../../text/top-level-items.js';
import type { Tree } from '../../text/tree.js';
import { writeScalar } from '../../text/write-scalar.js';
import { DEFINITION_KINDS, definitionOf, playbookIdsOf } from '../../workspace/definitions.js';
import type { Reader } from '../../workspace/fact.js';
import { folderOf, PLAYBOOK_FORMAT, playbookOf, treeOf } from '../../workspace/files.js';
import { scopeOf } from '../../workspace/scope.js';
import { urisOf } from '../../workspace/snapshot.js';
import { listOf, type Occurrence, occurrencesIn } from '../occurrences.js';
import type { CodeAction } from './action.js';

/** What the new playbook shares with the one that its steps come from. */
const SHARED_KEYS = ['severity', 'marking', 'accountable', 'author'];

/**
 * Takes a playbook and a selection. Gives the action that moves the steps it touches into a new file, with their waivers and
 * what the playbook defines for them; or why that would change what the playbook means. None where nothing is selected.
 */
export function extractSteps(reader: Reader, uri: string, start: number, end: number): CodeAction[] {
  const tree = treeOf(reader, uri);
  const steps = playbookOf(reader, uri)?.value.steps?.items ?? [];
  if (!tree || start === end || steps.length === 0) return [];
  const spans = itemSpans(
    tree,
    steps.map(({ node }) => node),
  );
  const selected = spans?.flatMap((span, index) => (span.start < end && start < span.end ? [index] : [])) ?? [];
  if (!spans || selected.length === 0) return [];
  const what =
    selected.length === 1
      ? 'this step into a playbook of its'
      : `these ${selected.length} steps into a playbook of their`;
  const title = `Extract ${what} own`;
  const action = { title, kind: 'refactor.extract', edits: [] } as const;
  const region = regionOf(graphOf(reader, uri), steps, selected, tree);
  if ('refusal' in region) return [{ ...action, ...region }];
  const own = ownIdsIn(reader, uri, region.ids).find(({ kind }) => kind === 'service');
  if (own) {
    // A called playbook's own services are nobody else's, so their outages would no longer count here.
    const refusal = `The service "${own.id}" is this playbook's own. Define it in the organisation first.`;
    return [{ ...action, refusal }];
  }

  const id = freeId(reader, uri, region.entry);
  const moved = waiversOf(reader, uri, region.ids, tree);
  const taken = selected.map((index) => spans[index]).filter((span) => span !== undefined);
  const [first, last] = [taken[0], taken.at(-1)];
  if (!first || !last || !moved) return [];
  const created = `${folderOf(uri)}${id}.incident-playbook.yaml`;
  const below = steps[(selected.at(-1) ?? 0) + 1]?.id?.value ?? END;
  const edits = [
    { span: { uri, start: first.start, end: last.end }, text: callText(tree, steps, region, id, below) },
    ...moved.edits,
  ];
  const text = newPlaybook(reader, uri, tree, {
    region,
    id,
    steps: movedText(reader, uri, region, first.start, last.end),
  });
  return [{ ...action, edits, creates: { uri: created, text: `${text}${moved.text}` } }];
}

interface Region {
  readonly ids: ReadonlySet<string>;
  /** The step that all ways into the region lead to. */
  readonly entry: string;
  /** Where all ways out of it lead: the id of a step, or `end`. */
  readonly exit: string;
}

/** What holds for steps that a call can stand for: one way in, one way out, and nothing around them that reaches inside. */
function regionOf(
  graph: Graph,
  steps: readonly Step[],
  selected: readonly number[],
  tree: Tree,
): Region | { refusal: string } {
  const keys = selected.map((index) => keyOf(steps[index] as Step, index));
  const ids = new Set(keys);
  if (graph.nodes.size !== steps.length || keys.some((key) => !isStepId(key))) {
    return { refusal: 'Each of these steps needs an id of its own.' };
  }
  if (keys.length === steps.length) return { refusal: 'These are all steps of the playbook.' };
  if (tree.problems.length > 0) return { refusal: 'The file has errors that must be mended first.' };
  if (tree.parts.some(({ parsed }) => parsed.usesAliases || parsed.anchors.size > 0)) {
    return { refusal: 'The file uses anchors (&), which do not reach into another file.' };
  }
  const nodes = keys.flatMap((key) => graph.nodes.get(key) ?? []);
  const torn = nodes.find(({ block }) => block !== undefined && !ids.has(block));
  if (torn) return { refusal: `"${torn.key}" is part of a parallel block that is not selected as a whole.` };
  const left = [...graph.nodes.values()].find(
    ({ key, block }) => block !== undefined && ids.has(block) && !ids.has(key),
  );
  if (left) return { refusal: `"${left.key}" belongs to a parallel block that is selected, and must come along.` };
  const lost = nodes.find(({ leadsNowhere }) => leadsNowhere);
  if (lost) return { refusal: `"${lost.key}" leads to a step that there is not.` };

  const into = graph.edges.filter(({ from, to }) => !ids.has(from) && ids.has(to)).map(({ to }) => to);
  const entries = new Set(graph.start !== undefined && ids.has(graph.start) ? [graph.start, ...into] : into);
  if (entries.size > 1) {
    const told = [...entries]
      .slice(0, 3)
      .map((key) => `"${key}"`)
      .join(', ');
    return { refusal: `They are entered at more than one step: ${told}. A called playbook has one start.` };
  }
  const out = graph.edges.filter(({ from, to }) => ids.has(from) && !ids.has(to)).map(({ to }) => to);
  const joins = nodes.flatMap(({ join }) => (join === undefined || ids.has(join) ? [] : [join]));
  const exits = new Set([...out, ...joins]);
  if (exits.size > 1) {
    const told = [...exits]
      .slice(0, 3)
      .map((key) => (key === END ? 'the end' : `"${key}"`))
      .join(', ');
    return { refusal: `They are left for more than one place: ${told}. A called playbook goes on at one.` };
  }
  const [entry = keys[0] ?? ''] = entries;
  const [exit = END] = exits;
  const bound = nodes.find(({ atMost }) => atMost !== undefined);
  if (bound && exit !== END && reaches(graph, exit, entry, ids)) {
    return { refusal: `"${bound.key}" says how often a loop may run that goes through steps which stay.` };
  }
  return { ids, entry, exit };
}

/** Whether a way leads from one step to another without going through some others first. */
function reaches(graph: Graph, from: string, to: string, without: ReadonlySet<string>): boolean {
  const seen = new Set([from]);
  const stack = [from];
  for (let key = stack.pop(); key !== undefined; key = stack.pop()) {
    for (const edge of graph.outgoing.get(key) ?? []) {
      if (edge.to === to) return true;
      if (seen.has(edge.to) || without.has(edge.to)) continue;
      seen.add(edge.to);
      stack.push(edge.to);
    }
  }
  return false;
}

/** An id that no playbook has and a file name that nobody uses. */
function freeId(reader: Reader, uri: string, wish: string): string {
  const ids = playbookIdsOf(reader, scopeOf(reader, uri));
  const files = new Set(urisOf(reader));
  const isFree = (id: string) => !ids.has(id) && !files.has(`${folderOf(uri)}${id}.incident-playbook.yaml`);
  for (let count = 1; ; count++) {
    const id = count === 1 ? wish : `${wish}-${count}`;
    if (isFree(id)) return id;
  }
}

/** The step that takes their place. It keeps the id of the first one, so that what leads here still does. */
function callText(tree: Tree, steps: readonly Step[], { entry, exit, ids }: Region, id: string, below: string): string {
  const step = steps.find((one) => one.id?.value === entry);
  const piece = steps.find((one) => ids.has(one.id?.value ?? ''))?.node.place.piece.text ?? '';
  const indent = /^ */.exec(piece)?.[0] ?? '';
  const newline = tree.text.includes('\r\n') ? '\r\n' : '\n';
  const copied = (['phase', 'owner'] as const).flatMap((key) => {
    const pair = step?.node.pairs.get(key);
    return pair ? [`  ${key}: ${sourceOf(tree, pair.value)}`] : [];
  });
  return [
    `- id: ${entry}`,
    `  title: ${writeScalar(step ? titleOfStep(step) : entry)}`,
    ...copied,
    `  playbook: ${id}`,
    ...(exit === below ? [] : [`  next: ${exit}`]),
  ]
    .map((line) => indent + line + newline)
    .join('');
}

function sourceOf({ text, spanOf }: Tree, { place }: Step['node'] | { place: Step['node']['place'] }): string {
  const { start, end } = spanOf(place);
  return text.slice(start, end);
}

/** The text of the steps, in which ways out of them end the playbook. */
function movedText(reader: Reader, uri: string, { ids, exit }: Region, start: number, end: number): string {
  const tree = treeOf(reader, uri);
  if (!tree) return '';
  const outward = occurrencesIn(reader, uri).filter(
    ({ kind, id, isDefinition }) => kind === 'step' && !isDefinition && id === exit && !ids.has(id),
  );
  const edits = outward
    .map(({ place }) => ({ ...tree.spanOf(place), text: replaceText(place, END).text }))
    .filter((edit) => start <= edit.start && edit.end <= end);
  const moved = applied(tree.text, start, end, edits);
  return moved.endsWith('\n') ? moved : `${moved}\n`;
}

function applied(
  text: string,
  start: number,
  end: number,
  edits: readonly { start: number; end: number; text: string }[],
): string {
  let written = '';
  let at = start;
  for (const edit of [...edits].sort((a, b) => a.start - b.start)) {
    written += text.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return written + text.slice(at, end);
}

interface Extraction {
  readonly region: Region;
  readonly id: string;
  readonly steps: string;
}

function newPlaybook(reader: Reader, uri: string, tree: Tree, { region, id, steps }: Extraction): string {
  const playbook = playbookOf(reader, uri)?.value;
  const newline = tree.text.includes('\r\n') ? '\r\n' : '\n';
  const entry = playbook?.steps?.items.find((step) => step.id?.value === region.entry);
  const first = playbook?.steps?.items.find((step) => region.ids.has(step.id?.value ?? ''));
  const from = playbook?.title?.value ?? playbook?.id?.value;
  const shared = SHARED_KEYS.flatMap((key) => {
    const pair = playbook?.node.pairs.get(key);
    return pair?.value.kind === 'scalar' ? [`${key}: ${sourceOf(tree, pair.value)}`] : [];
  });
  const head = [
    `format: ${PLAYBOOK_FORMAT}`,
    `id: ${id}`,
    `title: ${writeScalar(entry ? titleOfStep(entry) : id)}`,
    ...(from === undefined ? [] : [`summary: ${writeScalar(`Part of "${from}"`)}`]),
    'status: draft',
    ...shared,
    ...(first === entry ? [] : [`start: ${region.entry}`]),
    'steps:',
  ];
  return `${head.map((line) => line + newline).join('')}${steps}${ownDefinitions(reader, uri, tree, region)}`;
}

/** What the playbook itself defines, as it is written, where one of the steps refers to it. */
function ownDefinitions(reader: Reader, uri: string, tree: Tree, { ids }: Region): string {
  if (ownIdsIn(reader, uri, ids).length === 0) return '';
  return DEFINITION_KINDS.map((list) => sectionText(tree, list)).join('');
}

/** The ids in some steps that mean what the playbook itself defines. */
function ownIdsIn(reader: Reader, uri: string, steps: ReadonlySet<string>): Occurrence[] {
  const pieces = new Set(
    (playbookOf(reader, uri)?.value.steps?.items ?? []).flatMap(({ id, node }) =>
      id && steps.has(id.value) ? [node.place.piece] : [],
    ),
  );
  return occurrencesIn(reader, uri).filter(({ kind, id, place, isDefinition }) => {
    const list = listOf(kind);
    return list && !isDefinition && pieces.has(place.piece) && definitionOf(reader, uri, list, id)?.uri === uri;
  });
}

/** The lines of a top-level key with its value; empty where there is none. */
function sectionText(tree: Tree, key: string): string {
  const first = tree.root?.pairs.get(key)?.key.place.piece;
  const at = tree.parts.findIndex(({ parsed }) => parsed.piece === first);
  if (!first || at === -1) return '';
  const rest = tree.parts.slice(at + 1);
  const count = rest.findIndex(({ kind }) => kind !== 'item');
  const items = count === -1 ? rest : rest.slice(0, count);
  const text = [first, ...items.map(({ parsed }) => parsed.piece)].map((piece) => piece.text).join('');
  return text.endsWith('\n') ? text : `${text}\n`;
}

/** The waivers that hold for the steps: the edits that take them out, and their text in the new file. */
function waiversOf(
  reader: Reader,
  uri: string,
  ids: ReadonlySet<string>,
  tree: Tree,
): { edits: TextEdit[]; text: string } | undefined {
  const waivers = playbookOf(reader, uri)?.value.waivers?.items ?? [];
  const theirs = waivers.filter(({ at }) => at && ids.has(at.value));
  if (theirs.length === 0) return { edits: [], text: '' };
  const spans = itemSpans(
    tree,
    theirs.map(({ node }) => node),
  );
  if (!spans) return undefined;
  const newline = tree.text.includes('\r\n') ? '\r\n' : '\n';
  const texts = spans.map(({ start, end }) => tree.text.slice(start, end));
  const text = `waivers:${newline}${texts.map((one) => (one.endsWith('\n') ? one : one + newline)).join('')}`;
  const edits = spans.map((span) => ({ span, text: '' }));
  const header = tree.root?.pairs.get('waivers')?.key.place.piece;
  if (theirs.length === waivers.length && header) {
    const span = tree.spanOf({ piece: header, start: 0, end: header.text.trimEnd().length });
    const lineEnd = tree.text.indexOf('\n', span.end) + 1;
    edits.push({ span: { ...span, end: lineEnd }, text: '' });
  }
  return { edits, text };
}
