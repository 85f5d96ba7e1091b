/**
 * Facts: pure functions of a snapshot whose answers are kept. What a fact reads is recorded while it is computed, so
 * that in the next snapshot it is computed again only when something that it read has changed.
 *
 * The idea is that of rust-analyzer's salsa: a fact that is computed again and comes out the same stops the change from
 * spreading.
 */

/** What facts are read through: a snapshot, or the recorder inside another fact. */
export interface Reader {
  read<Key, Value>(definition: FactDefinition<Key, Value>, key: Key): Value;
}

export interface FactDefinition<Key, Value> {
  readonly compute: (reader: Reader, key: Key, previous: Value | undefined) => Value;
  readonly same: (before: Value, after: Value) => boolean;
}

/** Called with a reader and a key, gives the fact. */
export type Fact<Key, Value> = ((reader: Reader, key: Key) => Value) & FactDefinition<Key, Value>;

/**
 * Takes how to compute a fact, and when two of its values are the same. Gives the fact as a function. A key is a string,
 * or an object that is the same one as long as it means the same. The value of before is there to be reused in parts; the
 * answer must not depend on it.
 */
export function fact<Key extends string | object, Value>(
  compute: (reader: Reader, key: Key, previous: Value | undefined) => Value,
  same: (before: Value, after: Value) => boolean = Object.is,
): Fact<Key, Value> {
  const definition: FactDefinition<Key, Value> = { compute, same };
  const read: Fact<Key, Value> = Object.assign((reader: Reader, key: Key) => reader.read(read, key), definition);
  return read;
}

interface Entry<Value = unknown> {
  readonly definition: FactDefinition<never, Value>;
  readonly key: unknown;
  value: Value;
  /** What it read, and what that was then. */
  dependencies: readonly Entry[];
  changedAt: number;
  verifiedAt: number;
  computing: boolean;
}

/** An input: set from outside, read by facts. */
const INPUT = { compute: () => undefined, same: Object.is } satisfies FactDefinition<never, unknown>;

/** The kept answers of a line of snapshots. */
export class FactStore {
  private revision = 0;
  private readonly inputs = new Map<string, Entry>();
  private readonly entries = new Map<
    FactDefinition<never, unknown>,
    { byString: Map<string, Entry>; byObject: WeakMap<object, Entry> }
  >();

  /** @param records Whether what a fact reads is noted. Without it each revision starts anew, and takes less memory. */
  constructor(private readonly records: boolean) {}

  /** Sets inputs and starts a new revision; readers of older revisions must not be used any more. */
  next(changes: ReadonlyMap<string, unknown>): number {
    this.revision++;
    if (!this.records) this.entries.clear();
    for (const [name, value] of changes) {
      const entry = this.inputs.get(name);
      if (entry && Object.is(entry.value, value)) continue;
      if (entry) Object.assign(entry, { value, changedAt: this.revision });
      else this.inputs.set(name, this.newEntry(INPUT, name, value));
    }
    return this.revision;
  }

  /** The reader inside a fact whose reads nobody notes. */
  private readonly plainReader: Reader & { input(name: string): unknown } = {
    read: (definition, key) => this.read(definition, key, undefined),
    input: (name) => this.input(name, undefined),
  };

  get currentRevision(): number {
    return this.revision;
  }

  input(name: string, recorder: Entry[] | undefined): unknown {
    let entry = this.inputs.get(name);
    if (!entry) {
      entry = this.newEntry(INPUT, name, undefined);
      this.inputs.set(name, entry);
    }
    recorder?.push(entry);
    return entry.value;
  }

  read<Key, Value>(definition: FactDefinition<Key, Value>, key: Key, recorder: Entry[] | undefined): Value {
    const entry = this.entryOf(definition as FactDefinition<never, unknown>, key);
    this.bringUpToDate(entry);
    recorder?.push(entry);
    return entry.value as Value;
  }

  /** Forgets all facts with a key, but for some. They are computed again when they are asked for. */
  forget(key: string, but: readonly unknown[]): void {
    for (const [definition, { byString }] of this.entries) if (!but.includes(definition)) byString.delete(key);
  }

  private newEntry(definition: FactDefinition<never, unknown>, key: unknown, value: unknown): Entry {
    const { revision } = this;
    return { definition, key, value, dependencies: [], changedAt: revision, verifiedAt: revision, computing: false };
  }

  private entryOf(definition: FactDefinition<never, unknown>, key: unknown): Entry {
    let table = this.entries.get(definition);
    if (!table) {
      table = { byString: new Map(), byObject: new WeakMap() };
      this.entries.set(definition, table);
    }
    const found = typeof key === 'string' ? table.byString.get(key) : table.byObject.get(key as object);
    if (found) return found;
    const entry = this.newEntry(definition, key, undefined);
    entry.verifiedAt = -1;
    entry.changedAt = -1;
    if (typeof key === 'string') table.byString.set(key, entry);
    else table.byObject.set(key as object, entry);
    return entry;
  }

  private bringUpToDate(entry: Entry): void {
    if (entry.definition === INPUT || entry.verifiedAt === this.revision) return;
    if (entry.computing) throw new Error('A fact reads itself.');
    if (entry.verifiedAt >= 0 && !this.isStale(entry)) {
      entry.verifiedAt = this.revision;
      return;
    }
    this.compute(entry);
  }

  private isStale(entry: Entry): boolean {
    entry.computing = true;
    try {
      return entry.dependencies.some((dependency) => {
        this.bringUpToDate(dependency);
        return dependency.changedAt > entry.verifiedAt;
      });
    } finally {
      entry.computing = false;
    }
  }

  private compute(entry: Entry): void {
    const first = entry.verifiedAt < 0;
    const dependencies: Entry[] = [];
    entry.computing = true;
    try {
      const value = entry.definition.compute(
        this.records ? new Recorder(this, dependencies) : this.plainReader,
        entry.key as never,
        entry.value as never,
      );
      if (first || !entry.definition.same(entry.value as never, value as never)) {
        entry.value = value;
        entry.changedAt = this.revision;
      }
      entry.dependencies = dependencies;
      entry.verifiedAt = this.revision;
    } finally {
      entry.computing = false;
    }
  }
}

/** The reader inside a fact: notes what is read. */
class Recorder implements Reader {
  constructor(
    private readonly store: FactStore,
    private readonly dependencies: Entry[],
  ) {}

  read<Key, Value>(definition: FactDefinition<Key, Value>, key: Key): Value {
    return this.store.read(definition, key, this.dependencies);
  }

  input(name: string): unknown {
    return this.store.input(name, this.dependencies);
  }
}

/** Takes a reader and the name of an input. Gives its value, and records that it was read. */
export function readInput(reader: Reader, name: string): unknown {
  return (reader as Reader & { input(name: string): unknown }).input(name);
}
