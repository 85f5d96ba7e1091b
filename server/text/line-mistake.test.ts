import assert from 'node:assert/strict';
import { lineIndex } from './line-index.js';
import { readTree } from './tree.js';

const TEXT = `format: playbook/v1
id: watch
title: Watch the flows
threats:
  - T1078
  - T1098
steps:
  - id: look
    title: Look at it
    owner: soc
    instructions: |
      Look.

      # Then act.
        Soon.
    impacts: none
    done_when:
      - Seen
      - Told
    automation: { tool: EDR, mode: one_click }
  - id: cut
    decision: Do we cut?
    options:
      - id: yes-now
        label: Yes, now
        next: end
      - id: not-yet
        label: Not yet
        next: look
roles:
  soc:
    title: SOC
    holder: p
  ciso: { title: CISO }
`;

function told(text: string): { line: number; message: string; marked: string }[] {
  const { problems, spanOf } = readTree('file:///a.yaml', text);
  const lines = lineIndex(text);
  return problems
    .map(({ place, message }) => ({ ...spanOf(place), message }))
    .sort((a, b) => a.start - b.start)
    .map(({ start, end, message }) => ({
      line: lines.positionAt(start).line + 1,
      message,
      marked: text.slice(start, end),
    }));
}

/** The text with one line changed, and what is told of it. */
function changed(before: string, after: string) {
  assert.ok(TEXT.includes(before), before);
  const line = TEXT.slice(0, TEXT.indexOf(before)).split('\n').length;
  return told(TEXT.replace(before, after)).map((one) => ({ ...one, line: one.line - line }));
}

describe('what is wrong with a line', () => {
  it('is nothing where there is no mistake', () => assert.deepEqual(told(TEXT), []));

  const mistakes: readonly [what: string, before: string, after: string, line: number, message: RegExp][] = [
    ['one blank too few', '    owner: soc', '   owner: soc', 0, /^"owner" is indented by 3 spaces.* by 4 spaces\.$/],
    ['two blanks too few', '    owner: soc', '  owner: soc', 0, /^"owner" is indented by 2 spaces.* by 4 spaces\.$/],
    [
      'one blank too many',
      '    owner: soc',
      '     owner: soc',
      0,
      /^"owner" is indented by 5 spaces, and "title" above it/,
    ],
    [
      'a blank too many behind the id',
      '    title: Look',
      '     title: Look',
      0,
      /by 5 spaces, and "id" above it.* by 4/,
    ],
    ['a blank too few with CRLF', '    owner: soc\n', '   owner: soc\r\n', 0, /^"owner" is indented by 3 spaces/],
    [
      'no indentation at all',
      '    owner: soc',
      'owner: soc',
      0,
      /^"owner" is indented by no spaces, and the lines below it by 4/,
    ],
    ['an item too far left', '      - Told', '     - Told', 0, /^This item is indented by 5 spaces.* by 6 spaces\.$/],
    ['a step too far right', '  - id: cut', '   - id: cut', 0, /^This item is indented by 3 spaces.* by 2 spaces\.$/],
    ['a step too far left', '  - id: cut', ' - id: cut', 0, /^This item is indented by 1 space,.* by 2 spaces\.$/],
    [
      'a list left of its key',
      '      - Seen\n      - Told',
      '   - Seen\n   - Told',
      0,
      /^This item is indented by 3 spaces/,
    ],
    [
      'a key at the margin with a blank',
      'title: Watch',
      ' title: Watch',
      0,
      /^"title" is indented by 1 space, and "id"/,
    ],
    [
      'a line of a text too far left',
      '        Soon.',
      '     Soon.',
      0,
      /by 5 spaces, and the text above it by 6 spaces/,
    ],
    [
      'a text no deeper than its key',
      '      Look.\n',
      '    Look.\n',
      0,
      /^The text below a "\|" must be indented deeper/,
    ],
    ['a wrong indentation indicator', 'instructions: |\n', 'instructions: |9\n', 1, /^"\|9" says.*Write "\|"/],
    ['text behind |', 'instructions: |\n', 'instructions: |Look.\n', 0, /^Nothing may follow "\|"/],
    ['a text that begins with >', 'title: Look at it', 'title: > 50 hosts', 0, /^Nothing may follow ">".*quotes/],
    ['a tab', '    owner', '\towner', 0, /does not allow tabs/],
    ['a tab behind blanks', '    owner', '   \towner', 0, /does not allow tabs/],
    ['a no-break space for indentation', '    owner', '   \u00a0owner', 0, /special space \(U\+00A0\)/],
    ['a no-break space behind a hyphen', '  - id: look', '  -\u00a0id: look', 0, /special space \(U\+00A0\)/],
    ['an ideographic space behind a colon', 'owner: soc', 'owner:\u3000soc', 0, /special space \(U\+3000\)/],
    [
      'no blank behind the hyphen of a step',
      '- id: look',
      '-id: look',
      0,
      /^"-id" begins no list item.*space after the hyphen: "- id"\.$/,
    ],
    [
      'no blank behind the hyphen of an item',
      '- Told',
      '-Told',
      0,
      /^"-Told" begins no list item.*space after the hyphen: "- Told"\.$/,
    ],
    ['no blank behind a hyphen before another letter', '- Told', '-Übung', 0, /space after the hyphen: "- Übung"\.$/],
    ['a dash for a hyphen', '- id: look', '– id: look', 0, /begins with a hyphen/],
    ['no blank behind the colon', 'owner: soc', 'owner:soc', 0, /space after the colon: "owner: soc"\.$/],
    ['a blank before the colon', 'owner: soc', 'owner :soc', 0, /colon.*write "owner: soc"/],
    ['another sign for the colon', 'owner: soc', 'owner = soc', 0, /not by "=": write "owner: soc"/],
    ['a colon of another script', 'owner: soc', 'owner：soc', 0, /write "owner: soc"/],
    ['no colon', 'owner: soc', 'owner soc', 0, /^"owner soc" is not complete: a key needs a colon/],
    ['a colon in a text', 'title: Look at it', 'title: Phase 1: look', 0, /cannot hold ": " without quotes/],
    ['a colon in curly quotes', 'title: Look at it', 'title: “Phase 1: look”', 0, /straight ones/],
    ['a colon further down in a text', 'title: Look at it', 'title: Look\n      then: act', 1, /put that in quotes/],
    ['text behind a closing quote', 'title: Look at it', 'title: "Look" at it', 0, /all of it: '"Look" at it'/],
    ['a comment glued to a quote', 'title: Look at it', 'title: "Look"#it', 0, /needs a space before its "#"/],
    ['an apostrophe in single quotes', 'title: Look at it', "title: 'It's it'", 0, /closing quote/],
    ['a quote that is not closed', 'title: Look at it', 'title: "Look at it', 0, /never closed/],
    ['a bracket that is not closed', 'one_click }', 'one_click', 0, /^This "\{" is never closed\. Close it with "\}"/],
    [
      'a list that is not closed',
      'impacts: none',
      'impacts: [a, b',
      0,
      /^This "\[" is never closed\. Close it with "\]"/,
    ],
    [
      'a list that a comment ends',
      'impacts: none',
      'evidence: [Close #4711, tell them]',
      0,
      /"#4711, tell them\]" for a comment.*quotes/,
    ],
    [
      'a list in which a comment ends an item',
      'impacts: none',
      'evidence: [\n      Close #4711,\n      tell ]',
      1,
      /for a comment.*quotes/,
    ],
    [
      'a text that begins with & and a blank',
      'title: Look at it',
      'title: & Partners',
      0,
      /^An anchor.*starts with & needs quotes/,
    ],
    ['a bracket too many', 'one_click }', 'one_click }}', 0, /^This "\}" closes nothing/],
    ['no comma between pairs', 'EDR, mode', 'EDR mode', 0, /a comma stands.*missing before "mode"/],
    ['a text that begins with [', 'title: Look at it', 'title: [Look] at it', 0, /starts with "\[" needs quotes/],
    ['a text that begins with {{', 'title: Look at it', 'title: {{ it }}', 0, /start with "\{" without quotes/],
    ['a text that begins with *', 'title: Look at it', 'title: *Look* at it', 0, /start with "\*" without quotes/],
    ['a text that begins with !', 'title: Look at it', 'title: !Look at it', 0, /starts with "!" needs quotes/],
    ['a text that begins with @', 'title: Look at it', 'title: @it', 0, /start with "@" without quotes/],
    ['a text that begins with a hyphen', 'title: Look at it', 'title: - Look', 0, /start with "- " without quotes/],
    ['a text that begins with ?', 'title: Look at it', 'title: ? Look', 0, /start with "\? " without quotes/],
    [
      'a comment in the middle of a text',
      'title: Look at it',
      'title: Look\n      # here\n      at it',
      2,
      /comment above has ended/,
    ],
  ];
  for (const [what, before, after, line, message] of mistakes) {
    it(`is told where it is ${what}`, () => {
      const [first] = changed(before, after);
      assert.match(first?.message ?? '', message);
      assert.equal(first?.line, line, first?.message);
    });
  }

  it('is told once', () => {
    for (const [before, after] of [
      ['    owner: soc', '   owner: soc'],
      ['  - id: cut', ' - id: cut'],
      ['    title: Look', '     title: Look'],
    ] as const) {
      assert.equal(changed(before, after).length, 1, after);
    }
  });

  it('is mended by the indentation that the words name', () => {
    const lines = TEXT.split('\n');
    let tried = 0;
    for (const [number, line] of lines.entries()) {
      const indent = line.length - line.trimStart().length;
      for (const wrong of [indent - 3, indent - 1, indent + 1, indent + 2]) {
        if (wrong < 0 || line.trim() === '') continue;
        const indented = (text: readonly string[], at: number, blanks: number) =>
          text.map((one, index) => (index === at ? ' '.repeat(blanks) + one.trim() : one));
        const broken = indented(lines, number, wrong);
        const [first] = told(broken.join('\n'));
        const wanted = /Indent it by (\d+|no) spaces?(?:, or by (\d+|no) spaces?| or by (\d+|no) spaces?)?/.exec(
          first?.message ?? '',
        );
        if (!first || !wanted) continue;
        tried++;
        const ways = wanted.slice(1).filter(Boolean);
        const isMended = ways.some((blanks) => {
          const count = blanks === 'no' ? 0 : Number(blanks);
          const after = told(indented(broken, first.line - 1, count).join('\n'));
          // The lines below may be wrong as well: each is told in its turn.
          return after.every((one) => one.line > first.line);
        });
        assert.ok(isMended, `${line}: ${first.message}`);
      }
    }
    assert.ok(tried > 25, `${tried}`);
  });

  it('is found in no time in a long text', () => {
    for (const line of ['- a\n', '   b: c\n', '      - d: "e"f\n', 'key:value\n', '{ a: b c: d }\n']) {
      told(`a:\n${line.repeat(3000)}`);
    }
    told(`a: ${'b: '.repeat(100_000)}\n`);
    told(`a: ${'"b" '.repeat(100_000)}\n`);
  }).timeout(10_000);
});
