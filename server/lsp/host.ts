/** What the language server needs of the world around it: files, threads and the clock. */
import type { Day } from '../model/date.js';
import type { Diagram } from '../render/diagram.js';
import type { Drawing } from '../render/drawing.js';

export interface Host {
  /** Takes the URI of a folder or file. Gives the folder that it belongs to, and the texts of our files in it, by URI. */
  readonly loadFolder: (
    uri: string,
    isFolder: boolean,
  ) => { readonly folder: string; readonly texts: ReadonlyMap<string, string> };
  /** Takes the URI of a file. Gives its text as it is saved, or undefined where it cannot be read or is not ours. */
  readonly readFile: (uri: string) => string | undefined;
  readonly layout: (diagram: Diagram) => Promise<Drawing>;
  readonly today: () => Day;
}
