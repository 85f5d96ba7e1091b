/** Ids that should lead to a definition and lead nowhere: what is said of them, and the nearest ids that there are. */
import { isId } from '../model/id.js';
import { didYouMean, nearest } from '../model/near.js';
import { changeToNear } from '../model/near-fixes.js';
import type { Placed } from '../model/placed.js';
import type { Fix } from '../text/edit.js';
import type { Place } from '../text/place.js';
import { type DefinitionKind, definitionOf, excludedDefinitions, idsFor } from './definitions.js';
import type { Reader } from './fact.js';

/** What a definition of each kind is called. */
const NAMES: Readonly<Record<DefinitionKind, string>> = {
  people: 'person',
  roles: 'role',
  services: 'service',
  channels: 'channel',
  obligations: 'obligation',
};

interface UndefinedDefinition {
  readonly place: Place;
  readonly message: string;
  readonly fixes: readonly Fix[];
  /** Definitions that the configuration leaves out. */
  readonly related: ReturnType<typeof excludedDefinitions>;
}

/** The fault of an id that no file defines, as none or one; none too for a text that is no id: the schema reports that. */
export function* undefinedDefinition(
  reader: Reader,
  uri: string,
  kind: DefinitionKind,
  id: Placed<string> | undefined,
): Iterable<UndefinedDefinition> {
  if (!id || !isId(id.value) || definitionOf(reader, uri, kind, id.value)) return;
  const near = nearest(id.value, idsFor(reader, uri, kind));
  const where =
    kind === 'people' ? 'the person under "people" in the roster' : `it under "${kind}" in the organisation`;
  const end = near.length > 0 ? didYouMean(near) : `. Define ${where}.`;
  yield {
    place: id.place,
    message: `No file defines the ${NAMES[kind]} "${id.value}"${end}`,
    fixes: changeToNear(id, near),
    related: excludedDefinitions(reader, uri, kind, id.value),
  };
}
