/** Snapshots: all files of a workspace and the day of the check, at one moment. */
import type { Day } from '../model/date.js';
import { type FactDefinition, FactStore, type Reader, readInput } from './fact.js';

/**
 * A text that is not a file of the workspace and stands for one: the old side of a diff, a version from a history. It sees the
 * workspace as if it were in the place of that file, and nothing in the workspace sees it.
 */
export interface StandIn {
  readonly text: string;
  /** The URI of the file, which need not exist. */
  readonly standsFor: string;
}

export interface Change {
  /** New texts by URI; undefined takes the file out. */
  readonly files?: ReadonlyMap<string, string | undefined>;
  /** New stand-ins by URI; undefined takes the stand-in out. */
  readonly standIns?: ReadonlyMap<string, StandIn | undefined>;
  readonly today?: Day;
  /** The workspace folders, as URIs that end in a slash. */
  readonly folders?: readonly string[];
}

/**
 * The files of a workspace at one moment. It never changes: a change gives the next snapshot, which keeps every fact
 * that the change cannot have touched. A snapshot answers until the next one is made; after that reading from it throws.
 */
export class Snapshot implements Reader {
  private constructor(
    private readonly store: FactStore,
    /** Grows with each snapshot of a workspace. */
    readonly revision: number,
    private readonly texts: ReadonlyMap<string, string>,
    readonly today: Day,
  ) {}

  /**
   * Takes the day of the check, and whether snapshots will follow this one often, as while somebody types. Gives a
   * workspace without files.
   */
  static empty(today: Day, { changesOften = true } = {}): Snapshot {
    const store = new FactStore(changesOften);
    const revision = store.next(
      new Map<string, unknown>([
        [TODAY, today],
        [URIS, []],
        [FOLDERS, []],
      ]),
    );
    return new Snapshot(store, revision, new Map(), today);
  }

  with({ files, standIns, today = this.today, folders }: Change): Snapshot {
    const texts = new Map(this.texts);
    const inputs = new Map<string, unknown>([[TODAY, today]]);
    if (folders) inputs.set(FOLDERS, folders);
    let listChanged = false;
    for (const [uri, text] of files ?? []) {
      listChanged ||= (text === undefined) === texts.has(uri);
      if (text === undefined) texts.delete(uri);
      else texts.set(uri, text);
      inputs.set(textInput(uri), text);
    }
    for (const [uri, standIn] of standIns ?? []) {
      inputs.set(standInInput(uri), standIn?.standsFor);
      // A text that has become a file is set above.
      if (standIn || !files?.has(uri)) inputs.set(textInput(uri), standIn?.text);
    }
    if (listChanged) inputs.set(URIS, [...texts.keys()].sort());
    return new Snapshot(this.store, this.store.next(inputs), texts, today);
  }

  /** Takes a URI. Gives whether there is such a file. */
  has(uri: string): boolean {
    return this.texts.has(uri);
  }

  /** Takes the URI of a file that will hardly be asked about again, and the facts that will. Frees all others of it. */
  forget(uri: string, but: readonly object[]): void {
    this.assertCurrent();
    this.store.forget(uri, but);
  }

  get isCurrent(): boolean {
    return this.revision === this.store.currentRevision;
  }

  read<Key, Value>(definition: FactDefinition<Key, Value>, key: Key): Value {
    this.assertCurrent();
    return this.store.read(definition, key, undefined);
  }

  input(name: string): unknown {
    this.assertCurrent();
    return this.store.input(name, undefined);
  }

  private assertCurrent(): void {
    if (!this.isCurrent) throw new StaleSnapshot();
  }
}

/** Thrown when a snapshot is read that a newer one has replaced: the answer would be thrown away anyhow. */
export class StaleSnapshot extends Error {
  constructor() {
    super('The workspace has changed since this snapshot was made.');
  }
}

const TODAY = 'today';
const URIS = 'uris';
const FOLDERS = 'folders';
const textInput = (uri: string) => `text:${uri}`;
const standInInput = (uri: string) => `stand-in:${uri}`;

/** Gives the day of the check. */
export function todayOf(reader: Reader): Day {
  return readInput(reader, TODAY) as Day;
}

/** Gives the URIs of all files, sorted. Stand-ins are not among them. */
export function urisOf(reader: Reader): readonly string[] {
  return readInput(reader, URIS) as readonly string[];
}

/** Gives the workspace folders, as URIs that end in a slash. */
export function foldersOf(reader: Reader): readonly string[] {
  return readInput(reader, FOLDERS) as readonly string[];
}

/** Takes a URI. Gives the text of the file or stand-in, or undefined where there is none. */
export function textOf(reader: Reader, uri: string): string | undefined {
  return readInput(reader, textInput(uri)) as string | undefined;
}

/** The URI of the file that a stand-in stands for; undefined for a file of the workspace. */
export function standsFor(reader: Reader, uri: string): string | undefined {
  return readInput(reader, standInInput(uri)) as string | undefined;
}

/** Where a file or a stand-in belongs: its own URI, or that of the file that it stands for. Names and folders are read off it. */
export function placeOf(reader: Reader, uri: string): string {
  return standsFor(reader, uri) ?? uri;
}
