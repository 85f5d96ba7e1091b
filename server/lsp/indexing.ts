/** Reads the folders of the workspace, a slice at a time, so that a large one does not keep the server from answering. */
import {
  type Connection,
  MessageType,
  ShowMessageNotification,
  type WorkDoneProgressServerReporter,
} from 'vscode-languageserver';
import type { Host } from './host.js';

type Texts = ReadonlyMap<string, string>;

/** Most workspaces are read within the first slice, before anything is asked. */
const FIRST_SLICE_MILLISECONDS = 200;
const SLICE_MILLISECONDS = 30;
/** What is over sooner than that need not be shown. */
const QUIET_MILLISECONDS = 500;
const BETWEEN_REPORTS_MILLISECONDS = 100;

interface Reading {
  readonly folder: string;
  readonly steps: Iterator<Texts, Texts>;
  soFar: Texts;
}

/**
 * Takes the host, the connection, whether the client shows progress, and what to do with the texts of a folder. Gives what
 * reads folders, and how to wait until all are read.
 */
export function indexing(
  host: Host,
  connection: Connection,
  canShowProgress: () => boolean,
  loaded: (folder: string, texts: Texts) => void,
) {
  const queue: Reading[] = [];
  const known = new Set<string>();
  let slices: Promise<void> | undefined;

  /** Reads on for a while. A folder that cannot be read is as good as empty: the server must not end for it. */
  function readFor(milliseconds: number): void {
    const end = performance.now() + milliseconds;
    for (let reading = queue[0]; reading; reading = queue[0]) {
      const isDone = readOn(reading, end);
      if (!isDone) return;
      queue.shift();
      loaded(reading.folder, reading.soFar);
    }
  }

  function readOn(reading: Reading, end: number): boolean {
    try {
      do {
        const { done, value } = reading.steps.next();
        reading.soFar = value;
        if (done) return true;
      } while (performance.now() < end);
      return false;
    } catch (error) {
      connection.console.error(`${reading.folder} was not read: ${error}`);
      return true;
    }
  }

  async function readInSlices(): Promise<void> {
    const begun = performance.now();
    let lastReport = begun;
    let progress: Promise<WorkDoneProgressServerReporter | undefined> | undefined;
    let shown: WorkDoneProgressServerReporter | undefined;
    while (queue.length > 0) {
      await new Promise((resolve) => setImmediate(resolve));
      if (shown?.token.isCancellationRequested) giveUp();
      readFor(SLICE_MILLISECONDS);
      if (progress === undefined && canShowProgress() && performance.now() - begun > QUIET_MILLISECONDS) {
        progress = beginProgress(connection).then((reporter) => {
          shown = reporter;
          return reporter;
        });
      }
      if (!shown || performance.now() - lastReport < BETWEEN_REPORTS_MILLISECONDS) continue;
      lastReport = performance.now();
      shown.report(`${queue.reduce((sum, { soFar }) => sum + soFar.size, 0)} found`);
    }
    progress?.then((reporter) => reporter?.done()).catch(() => undefined);
  }

  function giveUp(): void {
    for (const { folder, soFar } of queue.splice(0)) loaded(folder, soFar);
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
      queue.push({ folder, steps: host.loadFolder(folder), soFar: new Map() });
      readFor(FIRST_SLICE_MILLISECONDS);
      if (queue.length > 0) {
        slices ??= readInSlices().finally(() => {
          slices = undefined;
        });
      }
    },
    /** Takes the URI of a folder that is no longer part of the workspace. */
    forget(folder: string): void {
      known.delete(folder);
      const at = queue.findIndex((reading) => reading.folder === folder);
      if (at !== -1) queue.splice(at, 1);
    },
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
