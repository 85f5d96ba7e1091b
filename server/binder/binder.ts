/** Puts a crisis binder together, in the order in which its parts are needed. */
import { formatDate } from '../model/date.js';
import { commonMark } from '../render/common-mark.js';
import { type Diagram, diagramOf } from '../render/diagram.js';
import type { Drawing } from '../render/drawing.js';
import type { LayoutOptions } from '../render/layout.js';
import type { Reader } from '../workspace/fact.js';
import type { Binder, Section } from './document.js';
import { graphParts, type Room } from './graph-parts.js';
import type { SectionName } from './names.js';
import { blocksOf } from './rich-text.js';
import { authorityMatrix, preAuthorized } from './sections/authority.js';
import { exerciseHistory, findingsAndWaivers, indexOfTerms, logAndSignatures } from './sections/closing.js';
import { coverBlocks } from './sections/cover.js';
import { firstMinutes } from './sections/first-minutes.js';
import { businessImpact, clockSheet } from './sections/impact.js';
import { playbookSection } from './sections/playbook.js';
import { roster } from './sections/roster.js';
import { binderSource } from './source.js';
import { withoutPeople } from './without-people.js';

export interface BinderOptions {
  readonly withPeople: boolean;
  /** The commit, and whether anything differs from it. */
  readonly revision: string;
  /** The room for a graph on a page, in points. */
  readonly room: Room;
  /** Undefined where the organisation's files say it. */
  readonly organization: string | undefined;
  readonly accent: string | undefined;
  readonly logo: Uint8Array | undefined;
  /** Texts in CommonMark that stand before the first section, with their titles. */
  readonly frontMatter: readonly { readonly title: string; readonly text: string }[];
  /** Undefined for all. */
  readonly sections: readonly SectionName[] | undefined;
}

const ACCENT = '#7a1f2b';
/** FIRST TLP 2.0, from the mildest to the strictest. */
const MARKINGS = ['TLP:CLEAR', 'TLP:GREEN', 'TLP:AMBER', 'TLP:AMBER+STRICT', 'TLP:RED'];

/**
 * Takes a snapshot (all that is needed of it is read before the first layout, during which it may change), the URIs of playbooks,
 * how to lay out a diagram, and options. Gives the binder; undefined where no URI is that of a playbook. `told` is called after
 * each playbook and may throw to stop.
 */
export async function makeBinder(
  reader: Reader,
  uris: readonly string[],
  layout: (diagram: Diagram, options?: LayoutOptions) => Promise<Drawing>,
  options: BinderOptions,
  told: (done: number, all: number) => void = () => undefined,
): Promise<Binder | undefined> {
  const source = binderSource(reader, uris, options.withPeople);
  const [first] = source.playbooks;
  if (!first) return undefined;
  const wanted = (name: SectionName) => options.sections?.includes(name) ?? true;
  // Everything that needs the snapshot is read before the first layout, during which it may change.
  const diagrams = source.playbooks.map(({ uri }) => diagramOf(reader, uri));
  const front = [
    ...options.frontMatter.map(({ title, text }, index): Section => {
      return { id: `front-${index}`, title, blocks: blocksOf(commonMark(text)) };
    }),
    ...(wanted('first_minutes') ? [firstMinutes(source)] : []),
    ...(wanted('roster') ? [roster(source)] : []),
    ...(wanted('authority') ? [authorityMatrix(source)] : []),
    ...(wanted('pre_authorized') ? [preAuthorized(source)] : []),
    ...(wanted('impact') ? [businessImpact(source)] : []),
    ...(wanted('clocks') ? [clockSheet(source)] : []),
  ];
  const sections = wanted('playbooks') ? source.playbooks.map((playbook) => playbookSection(source, playbook)) : [];
  const back = [
    ...(wanted('findings') ? [findingsAndWaivers(source)] : []),
    ...(wanted('exercises') ? [exerciseHistory(source)] : []),
    ...logAndSignatures().filter(({ id }) => wanted(id === 'log' ? 'log' : 'sign_off')),
    ...(wanted('index') ? [indexOfTerms(source)] : []),
  ];
  const cover = coverBlocks(source, options.revision);
  const clean = withoutPeople(source);
  const marking = source.playbooks
    .map(({ playbook }) => playbook.marking?.value ?? '')
    .sort((a, b) => MARKINGS.indexOf(b) - MARKINGS.indexOf(a))[0];
  const organization = options.organization ?? source.organization;
  const printed = formatDate(source.today);
  const title = source.playbooks.length === 1 ? first.title : 'Crisis binder';
  const playbooks: Section[] = [];
  for (const [index, section] of sections.entries()) {
    playbooks.push(section(await graphParts(diagrams[index] ?? { boxes: [], lines: [] }, layout, options.room)));
    told(index + 1, sections.length);
  }
  const binder: Binder = {
    title,
    organization,
    marking: marking ?? '',
    revision: options.revision,
    printed,
    accent: options.accent ?? ACCENT,
    logo: options.logo,
    cover,
    sections: [...front, ...playbooks, ...back],
  };
  return options.withPeople ? binder : clean(binder);
}
