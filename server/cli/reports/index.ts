/** The formats in which findings are reported. */
import { github } from './github.js';
import { gitlab } from './gitlab.js';
import { json } from './json.js';
import { junit } from './junit.js';
import { markdown } from './markdown.js';
import { pretty } from './pretty.js';
import type { Report } from './report.js';
import { sarif } from './sarif.js';
import { unix } from './unix.js';

export const reports = { pretty, json, sarif, github, gitlab, junit, unix, markdown } satisfies Record<string, Report>;

export type Format = keyof typeof reports;

export const FORMATS = Object.keys(reports) as Format[];

/** Formats for a pull request or a build server, where files are known by their path in the repository. */
export const SEEN_FROM_REPOSITORY: ReadonlySet<Format> = new Set(['sarif', 'github', 'gitlab', 'junit', 'markdown']);
