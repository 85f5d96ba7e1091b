/**
 * Reads the folders of the workspace, a slice at a time, so that a large one does not keep the server from answering, and reads
 * them again when something may have changed in them.
 */
import {
  type Connection,
  MessageType,
  ShowMessageNotification,
  type WorkDoneProgressServerReporter,
} from 'vscode-languageserver';
import type { FolderContent, Host } from './host.js';

/** Most workspaces are read within the first slice, before anything is asked. */
const FIRST_SLICE_MILLISECONDS = 200;
const SLICE_MILLISECONDS = 30;
/** A folder is read again within this where a thousand files in it have not changed. */
const FIRST_SLICE_AGAIN_MILLISECONDS = 60;
/** What is over sooner than that need not be shown. */
const QUIET_MILLISECONDS = 500;
const BETWEEN_REPORTS_MILLISECONDS = 100;

interface Reading {
  readonly folder: string;
  /** Undefined until it begins. */
  steps: Iterator<FolderContent, FolderContent> | undefined;
  soFar: FolderContent;
}

const NOTHING: FolderContent = { texts: new Map(), seen: new Map() };
/** A file that lies in the root of a disk does not make the whole disk its workspace. */
const ROOT_OF_A_DISK = /^file:\/\/[^/]*\/(?:[a-z]%3A\/)?$/i;

/**
 * Takes the host, the connection, whether the client shows progress, and what to do with the texts of a folder, when it is read
 * first and when it is read again. Gives what reads folders, and how to wait until all are read.
 */
export function indexing(
  host: Host,
  connection: Connection,
  canShowProgress: () => boolean,
  loaded: (folder: string, texts: FolderContent['texts'], isAgain: boolean) => void,
) {
  const queue: Reading[] = [];
  const queueAgain: Reading[] = [];
  const known = new Set<string>();
  /** What was found in each folder that is read to its end. */
  const contents = new Map<string, FolderContent>();
  let slices: Promise<void> | undefined;
  let isReadingAgain = false;
  /** Whether to read again what is being read for the first time. */
  let isAgainDue = false;

  /** Reads on for a while. A folder that cannot be read is as good as empty: the server must not end for it. */
  function readFor(milliseconds: number, from: Reading[]): void {
    const end = performance.now() + milliseconds;
    for (let reading = from[0]; reading; reading = from[0]) {
      const isDone = readOn(reading, end);
      if (!isDone) return;
      from.shift();
      const { folder, soFar } = reading;
      const isWhole = contents.get(folder) === soFar;
      const isAgain = from === queueAgain;
      // What could not be read again is as it was.
      if (isWhole || !isAgain) loaded(folder, soFar.texts, isAgain);
    }
  }

  function readOn(reading: Reading, end: number): boolean {
    const { folder } = reading;
    try {
      reading.steps ??= host.loadFolder(folder, contents.get(folder)?.seen ?? NOTHING.seen);
      do {
        const { done, value } = reading.steps.next();
        reading.soFar = value;
        if (done) {
          contents.set(folder, value);
          return true;
        }
      } while (performance.now() < end);
      return false;
    } catch (error) {
      connection.console.error(`${folder} was not read: ${error}`);
      return true;
    }
  }

  function again(): void {
    isAgainDue = slices !== undefined;
    if (isAgainDue) return;
    for (const folder of contents.keys()) {
      const isWaiting = queueAgain.some((reading) => reading.folder === folder && reading.steps === undefined);
      if (!isWaiting) queueAgain.push({ folder, steps: undefined, soFar: NOTHING });
    }
    readFor(FIRST_SLICE_AGAIN_MILLISECONDS, queueAgain);
    if (!isReadingAgain && queueAgain.length > 0) setImmediate(readAgainInSlices);
    isReadingAgain = queueAgain.length > 0;
  }

  function readAgainInSlices(): void {
    readFor(SLICE_MILLISECONDS, queueAgain);
    isReadingAgain = queueAgain.length > 0;
    if (isReadingAgain) setImmediate(readAgainInSlices);
  }

  async function readInSlices(): Promise<void> {
    const begun = performance.now();
    let lastReport = begun;
    let progress: Promise<WorkDoneProgressServerReporter | undefined> | undefined;
    let shown: WorkDoneProgressServerReporter | undefined;
    while (queue.length > 0) {
      await new Promise((resolve) => setImmediate(resolve));
      if (shown?.token.isCancellationRequested) giveUp();
      readFor(SLICE_MILLISECONDS, queue);
      if (progress === undefined && canShowProgress() && performance.now() - begun > QUIET_MILLISECONDS) {
        progress = beginProgress(connection).then((reporter) => {
          shown = reporter;
          return reporter;
        });
      }
      if (!shown || performance.now() - lastReport < BETWEEN_REPORTS_MILLISECONDS) continue;
      lastReport = performance.now();
      shown.report(`${queue.reduce((sum, { soFar }) => sum + soFar.texts.size, 0)} found`);
    }
    progress?.then((reporter) => reporter?.done()).catch(() => undefined);
  }

  function giveUp(): void {
    for (const { folder, soFar } of queue.splice(0)) loaded(folder, soFar.texts, false);
    const message =
      'Not all playbooks were read: findings about ids of other files may be wrong. Restart the language server to read them.';
    connection
      .sendNotification(ShowMessageNotification.type, { type: MessageType.Warning, message })
      .catch((error) => connection.console.warn(`${message} ${error}`));
  }

  return {
    /** Takes the URI of a folder or a file. Reads the folder that it belongs to, unless that has been done. */
    add(uri: string, isFolder: boolean): void {
      const folder = host.folderOf(uri, isFolder);
      if (known.has(folder)) return;
      known.add(folder);
      if (!isFolder && ROOT_OF_A_DISK.test(folder)) return;
      queue.push({ folder, steps: undefined, soFar: NOTHING });
      readFor(FIRST_SLICE_MILLISECONDS, queue);
      if (queue.length > 0) {
        slices ??= readInSlices().finally(() => {
          slices = undefined;
          if (isAgainDue) again();
        });
      }
    },
    /** Takes the URI of a folder that is no longer part of the workspace. */
    forget(folder: string): void {
      known.delete(folder);
      contents.delete(folder);
      for (const readings of [queue, queueAgain]) {
        const kept = readings.filter((reading) => reading.folder !== folder);
        readings.splice(0, readings.length, ...kept);
      }
    },
    /**
     * Reads all folders again that are read, apart from files that have not changed. Where that is quick it is done at once,
     * and nobody waits for the rest.
     */
    again,
    /** The folders that are read or being read. */
    folders: (): ReadonlySet<string> => known,
    /** Whether a file was found when its folder was read. */
    holds: (key: string): boolean => [...contents.values()].some(({ texts }) => texts.has(key)),
    /** Whether a file may be in a folder that is not read to its end, or was found in one that is. */
    mayHold: (key: string): boolean =>
      [...known].some((folder) => key.startsWith(folder) && (contents.get(folder)?.texts.has(key) ?? true)),
    isReading: (): boolean => slices !== undefined,
    /** Waits until all folders are read: what is said before may be wrong. Undefined where there is nothing to wait for. */
    pending: (): Promise<void> | undefined => slices,
  };
}

async function beginProgress(connection: Connection): Promise<WorkDoneProgressServerReporter | undefined> {
  try {
    const progress = await connection.window.createWorkDoneProgress();
    progress.begin('Reading playbooks', undefined, undefined, true);
    return progress;
  } catch (error) {
    connection.console.warn(`The client shows no progress: ${error}`);
    return undefined;
  }
}
