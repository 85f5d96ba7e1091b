/** Keeps exercises on disk after each event: nothing is lost when the window is closed in the middle. */
import { createHash } from 'node:crypto';
import * as vscode from 'vscode';
import type { Journal } from './messages.js';

export class Journals {
  private writing: Promise<void> = Promise.resolve();
  private readonly waiting = new Map<string, Journal>();

  /** Takes the folder for them, which need not exist. */
  constructor(
    private readonly folder: vscode.Uri,
    private readonly output: vscode.LogOutputChannel,
  ) {}

  /** Takes the URI of a playbook. Gives its exercise; undefined where there is none, or where it cannot be read. */
  async read(uri: string): Promise<Journal | undefined> {
    await this.writing;
    const place = this.placeOf(uri);
    // A window that was closed while the old file was being replaced has left only the new one, which is whole by then.
    return (await this.readAt(place)) ?? (await this.readAt(besideOf(place)));
  }

  private async readAt(place: vscode.Uri): Promise<Journal | undefined> {
    try {
      const bytes = await vscode.workspace.fs.readFile(place);
      const journal = JSON.parse(new TextDecoder().decode(bytes)) as Journal;
      if (!Array.isArray(journal.events) || !Array.isArray(journal.script?.playbooks))
        throw new Error('It is damaged.');
      return journal;
    } catch (error) {
      if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound') return undefined;
      this.output.error(`An exercise could not be read (${place.toString(true)}): ${error}`);
      const kept = place.with({ path: `${place.path}.unreadable` });
      await vscode.workspace.fs.rename(place, kept, { overwrite: true });
      vscode.window.showErrorMessage(`An exercise that was begun could not be read. It is kept at ${kept.fsPath}.`);
      return undefined;
    }
  }

  /** Keeps an exercise. Of several that come while one is written only the last is. Never throws: `failed` is told why. */
  keep(uri: string, journal: Journal, failed: (why: string) => void): void {
    const isWaiting = this.waiting.has(uri);
    this.waiting.set(uri, journal);
    if (isWaiting) return;
    this.writing = this.writing
      .then(() => this.write(uri))
      .catch((error) => failed(`The exercise could not be saved: ${error instanceof Error ? error.message : error}`));
  }

  private async write(uri: string): Promise<void> {
    const journal = this.waiting.get(uri);
    this.waiting.delete(uri);
    const place = this.placeOf(uri);
    const beside = besideOf(place);
    await vscode.workspace.fs.createDirectory(this.folder);
    await vscode.workspace.fs.writeFile(beside, new TextEncoder().encode(JSON.stringify(journal)));
    await vscode.workspace.fs.rename(beside, place, { overwrite: true });
  }

  private placeOf(uri: string): vscode.Uri {
    const name = createHash('sha256').update(uri).digest('hex').slice(0, 32);
    return vscode.Uri.joinPath(this.folder, `${name}.json`);
  }
}

/** Where the next state of a file is written before it takes its place. */
function besideOf(place: vscode.Uri): vscode.Uri {
  return place.with({ path: `${place.path}.new` });
}
