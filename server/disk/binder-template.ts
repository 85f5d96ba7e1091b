/** What the configuration says of binders, with the files that it names. */
import { dirname, resolve } from 'node:path';
import { URI } from 'vscode-uri';
import { SECTION_NAMES, type SectionName } from '../binder/names.js';
import { PAPERS, type Paper } from '../binder/paper.js';
import { configurationFor } from '../workspace/configuration.js';
import type { Reader } from '../workspace/fact.js';
import { configOf } from '../workspace/files.js';
import { readPicture } from './read-picture.js';
import { readText } from './read-text.js';

export interface BinderTemplate {
  readonly organization: string | undefined;
  readonly accent: string | undefined;
  readonly paper: Paper;
  readonly sections: readonly SectionName[] | undefined;
  readonly logo: Uint8Array | undefined;
  readonly frontMatter: readonly { readonly title: string; readonly text: string }[];
  /** What could not be read, in words. The binder is made without it. */
  readonly faults: readonly string[];
}

/** Takes the URI of a playbook. Gives the template that holds for it. Never throws. */
export function readBinderTemplate(reader: Reader, uri: string): BinderTemplate {
  const { source } = configurationFor(reader, uri);
  const settings = source === undefined ? undefined : configOf(reader, source)?.value.binder;
  const folder = source?.startsWith('file:') ? dirname(URI.parse(source).fsPath) : undefined;
  const faults: string[] = [];
  const path = (name: string) => resolve(folder ?? '.', name);
  const frontMatter = (settings?.front_matter?.items ?? []).flatMap(({ value: name }) => {
    const read = folder === undefined ? { fault: 'is in a folder that cannot be read' } : readText(path(name));
    if ('text' in read) return titled(read.text, name);
    faults.push(`${name}, which the configuration puts in front of the binder, ${read.fault}.`);
    return [];
  });
  return {
    organization: settings?.organization?.value,
    accent: settings?.accent?.value,
    paper: PAPERS.find((paper) => paper === settings?.paper?.value) ?? 'a4',
    sections: settings?.sections?.items.flatMap(({ value }) => SECTION_NAMES.find((name) => name === value) ?? []),
    logo:
      settings?.logo && folder !== undefined
        ? logoAt(path(settings.logo.value), settings.logo.value, faults)
        : undefined,
    frontMatter,
    faults,
  };
}

/** The first heading is the title; without one, the name of the file is. */
function titled(text: string, name: string): { title: string; text: string }[] {
  const [, title] = /^\s*#+ +(.+)/.exec(text) ?? [];
  return [{ title: title ?? name, text: title === undefined ? text : text.replace(/^\s*#+ +.+\n?/, '') }];
}

function logoAt(path: string, name: string, faults: string[]): Uint8Array | undefined {
  const picture = readPicture(path);
  if ('bytes' in picture) return picture.bytes;
  faults.push(`The logo ${name} ${picture.fault}: the binder comes without it.`);
  return undefined;
}
