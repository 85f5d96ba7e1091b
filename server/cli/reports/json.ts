/** The findings as one JSON object, for programs. */
import type { Report } from './report.js';

export const json: Report = ({ findings, summary }, { version }) =>
  `${JSON.stringify({ version, findings, summary }, undefined, 2)}\n`;
