/** What the picture looks like on paper and on screen: one style sheet, with the colours as variables. */

/** Colours for light paper. Each pair of ground and ink keeps a contrast of at least 4.5 to 1 (WCAG 2.2). */
const LIGHT_COLOURS: Readonly<Record<string, string>> = {
  paper: '#ffffff',
  ink: '#1b1f24',
  faint: '#57606a',
  line: '#57606a',
  action: '#f6f8fa',
  'action-edge': '#8c959f',
  group: '#f3f5f7',
  decision: '#fff4d6',
  'decision-edge': '#9a6700',
  parallel: '#eef6ff',
  'parallel-edge': '#0969da',
  call: '#f3eefc',
  'call-edge': '#8250df',
  disruptive: '#a40e26',
  'disruptive-ground': '#ffebe9',
  impact: '#1f5130',
  'impact-ground': '#dafbe1',
  timeout: '#9a6700',
  failure: '#a40e26',
  escalation: '#8250df',
  option: '#1b1f24',
  error: '#a40e26',
  warning: '#9a6700',
  info: '#0969da',
  'badge-ink': '#ffffff',
};

/**
 * Takes a style sheet with colours as variables. Gives it with the colours of light paper written out: the programs
 * that exports are opened in, word processors among them, know no variables.
 */
export function onLightPaper(style: string): string {
  return style.replace(/var\(--([\w-]+)\)/g, (whole, name: string) => LIGHT_COLOURS[name] ?? whole);
}

/** The style sheet of the picture; colours come from the variables above. */
export const PICTURE_STYLE = `
.picture { font-family: 'Incident Playbooks Sans', Helvetica, Arial, 'Liberation Sans', sans-serif; }
.picture text { fill: var(--ink); text-rendering: geometricPrecision; }
.outline { fill: var(--action); stroke: var(--action-edge); stroke-width: 1.2; }
.decision > .outline { fill: var(--decision); stroke: var(--decision-edge); stroke-width: 2; }
.parallel .outline { fill: var(--parallel); stroke: var(--parallel-edge); }
.call .outline { fill: var(--call); stroke: var(--call-edge); }
.unfinished > .outline { stroke-dasharray: 4 3; }
.end > .outline { fill: var(--ink); stroke: var(--ink); }
.picture .end text { fill: var(--paper); }
.escalation > .outline { fill: var(--paper); stroke: var(--escalation); stroke-dasharray: 2 3; }
.connector > .outline { fill: var(--paper); stroke: var(--ink); stroke-width: 1.6; }
.inner { fill: none; stroke: inherit; stroke: var(--action-edge); }
.group-ground { fill: none; stroke: var(--action-edge); stroke-opacity: 0.45; }
.group.other .group-ground { fill: var(--group); }
.picture text.group { font-size: 13px; font-weight: bold; fill: var(--faint); }
.head { font-size: 11px; }
.picture .head { fill: var(--faint); }
.title { font-size: 13px; font-weight: bold; }
.fact, .impact, .disruptive, .label text { font-size: 11px; }
.picture text.disruptive { fill: var(--disruptive); font-weight: bold; }
.picture text.impact { fill: var(--impact); }
.chip.disruptive { fill: var(--disruptive-ground); }
.chip.impact { fill: var(--impact-ground); }
.chip-mark.disruptive { fill: var(--disruptive); }
.chip-mark.impact { fill: none; stroke: var(--impact); }
.line { fill: none; stroke: var(--line); stroke-width: 1.4; }
.line.option { stroke: var(--option); }
.line.timeout { stroke: var(--timeout); stroke-width: 1.8; stroke-dasharray: 7 4; }
.line.failure { stroke: var(--failure); stroke-width: 1.8; stroke-dasharray: 10 3 2 3; }
.line.escalation { stroke: var(--escalation); stroke-dasharray: 2 4; }
.arrow path { fill: var(--line); }
.arrow.option path { fill: var(--option); }
.arrow.timeout path { fill: var(--timeout); }
.arrow.failure path { fill: var(--failure); }
.arrow.escalation path { fill: var(--escalation); }
.label-ground { fill: var(--paper); fill-opacity: 0.92; }
.picture .label.timeout text { fill: var(--timeout); }
.picture .label.failure text { fill: var(--failure); }
.picture .label.escalation text { fill: var(--escalation); }
.badge.error .badge-ground { fill: var(--error); }
.badge.warning .badge-ground { fill: var(--warning); }
.badge.info .badge-ground { fill: var(--info); }
.picture .badge-sign { fill: var(--badge-ink); font-size: 11px; font-weight: bold; }
`;
