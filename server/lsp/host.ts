/** What the language server needs of the world around it: files, threads and the clock. */
import type { TrueTypeFonts, writePdf } from '../binder/pdf/write-pdf.js';
import type { BinderTemplate } from '../disk/binder-template.js';
import type { Loaded } from '../disk/load-workspace.js';
import type { Day } from '../model/date.js';
import type { Diagram } from '../render/diagram.js';
import type { Drawing } from '../render/drawing.js';
import type { WebFonts } from '../render/font.js';
import type { LayoutOptions } from '../render/layout.js';
import type { Reader } from '../workspace/fact.js';

/** Our files in a folder by URI, and all that was seen there. */
export type FolderContent = Pick<Loaded, 'texts' | 'seen'>;

export interface Host {
  /** Takes the URI of a folder or file. Gives the URI of the folder that it belongs to, with a slash. */
  readonly folderOf: (uri: string, isFolder: boolean) => string;
  /** The one name of a file that may have several: through links, in letters of another case. */
  readonly canonical: (uri: string) => string;
  readonly isFolder: (uri: string) => boolean;
  /**
   * Takes the URI of a folder and what was seen in it before, which is not read again. Reads our files in it, a little at each
   * step: what it yields is what it has read so far.
   */
  readonly loadFolder: (folder: string, seenBefore: FolderContent['seen']) => Iterator<FolderContent, FolderContent>;
  /** Takes the URI of a file. Gives its text as it is saved, or undefined where it cannot be read or is passed over. */
  readonly readFile: (uri: string) => string | undefined;
  readonly layout: (diagram: Diagram, options?: LayoutOptions) => Promise<Drawing>;
  /** Gives the fonts that pictures carry. Throws where they are missing. */
  readonly webFonts: () => WebFonts;
  /** Takes a snapshot and the URI of a playbook. Gives what the configuration says of binders. */
  readonly binderTemplate: (reader: Reader, uri: string) => BinderTemplate;
  /**
   * The revision of the repository that a file lies in, and whether one of the texts (by URI) differs from it; empty where
   * there is none. This starts git, so it is asked for in trusted workspaces only.
   */
  readonly revisionOf: (uri: string, texts: ReadonlyMap<string, string>) => Promise<string>;
  /** What a binder in PDF is written with, loaded when it is asked for. */
  readonly trueTypeFonts: () => TrueTypeFonts;
  readonly pdfWriter: () => typeof writePdf;
  readonly today: () => Day;
}
