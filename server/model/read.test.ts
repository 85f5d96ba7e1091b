import assert from 'node:assert/strict';
import { dedent } from '../../test/harness/fixture.js';
import { marksOf, snapshotOf } from '../../test/harness/workspace.js';

/** Takes a file. Gives what the schema says to it, each with the text that it points at. */
function problems(source: string, name = 'a.yaml'): [string, string][] {
  const text = dedent(source);
  return marksOf(snapshotOf([{ name, text }]), name, 'schema').map((mark) => [
    text.slice(mark.start, mark.end),
    mark.text,
  ]);
}

describe('the schema', () => {
  const step = (lines: string) =>
    problems(`format: playbook/v1\nid: a\ntitle: A\nsteps:\n  - id: s\n${lines.replace(/^/gm, '    ')}\n`);

  it('names the nearest key', () => {
    assert.deepEqual(step('onwer: x\ninstructions: y'), [['onwer', 'Unknown key "onwer": did you mean "owner"?']]);
  });

  it('says what YAML takes for no value, and offers quotes', () => {
    const quoted = '. Put it in quotes, or take the key out.';
    assert.deepEqual(step('title: #4711 is open\nrollback: &Go\ninstructions: y\ndone_when: ~'), [
      ['title', `"title" has no value: YAML takes "#4711 is open" for a comment${quoted}`],
      ['rollback', `"rollback" has no value: YAML takes "&Go" for an anchor${quoted}`],
      ['done_when', `"done_when" has no value: YAML takes "~" for nothing${quoted}`],
    ]);
  });

  it('says that a colon or a hyphen needs a blank', () => {
    const wanted = 'A colon needs a space after it: write "to: x".';
    assert.ok(step('notify: {to:x}\ninstructions: y').some(([, message]) => message === wanted));
    assert.deepEqual(
      step('done_when:\n  -Seen\n  -Told\ninstructions: y').map(([, message]) => message),
      ['"done_when" must be a list, and each hyphen needs a space after it: "- ".'],
    );
  });

  it('says of an item that stands too far left that it may belong deeper', () => {
    assert.ok(step('instructions: y\ndone_when:').length > 0);
    const [, last] = problems(
      'format: playbook/v1\nid: a\ntitle: A\nsteps:\n  - id: s\n    instructions: y\n    done_when:\n  - Seen\n',
    );
    assert.match(last?.[1] ?? '', /^An item of "steps" must be a map.*indent it deeper\.$/);
  });

  it('lists what is allowed where nothing is near', () => {
    assert.match(
      step('zebra: x\ninstructions: y')[0]?.[1] ?? '',
      /^Unknown key "zebra"\. Allowed here: id, title, phase, /,
    );
  });

  it('names the nearest value', () => {
    assert.deepEqual(step('phase: containmnt\ninstructions: y'), [
      [
        'containmnt',
        '"phase" cannot be "containmnt". Did you mean "containment"? Allowed: detection, analysis, containment, eradication, recovery, communication or post_incident.',
      ],
    ]);
  });

  it('shows how a value is written', () => {
    assert.deepEqual(step('within: soon\ninstructions: y'), [
      ['soon', '"within": "soon" is not a duration. Write it like 30m, 4h, 1h30m or 2d.'],
    ]);
    assert.deepEqual(step('instructions: y\npre_authorized: { by: x, expires: 2026-02-30 }'), [
      ['2026-02-30', '"expires": "2026-02-30" is not a day of the calendar. Write it like 2026-09-01.'],
    ]);
    assert.match(step('owner: The CISO\ninstructions: y')[0]?.[1] ?? '', /"The CISO" is not an id/);
  });

  it('asks for quotes where YAML reads a number', () => {
    assert.deepEqual(step('title: 404\ninstructions: y'), [['404', '"title" must be text. Put it in quotes: "404".']]);
  });

  it('says what a step is made of', () => {
    assert.deepEqual(step('title: t'), [
      [
        's',
        'A step says what it is by one of "instructions", "decision", "parallel" and "playbook". This one has none of them.',
      ],
    ]);
    assert.deepEqual(step('instructions: y\ndecision: z'), [
      ['decision', 'A step is one thing: this one has "instructions" and "decision". Split it, or keep one of them.'],
    ]);
    assert.deepEqual(step('instructions: y\nauthority: ciso'), [
      ['authority', '"authority" belongs to a step with "decision". Add "decision", or take "authority" out.'],
    ]);
    assert.deepEqual(step('parallel: [[a]]'), [
      ['parallel', 'A parallel block needs "join": the step that goes on when all branches are done, or end.'],
    ]);
  });

  it('tells the two forms of impacts apart', () => {
    assert.deepEqual(step('instructions: y\nimpacts: nothing'), [
      ['nothing', '"impacts" must be none or a list of impacts.'],
    ]);
    assert.deepEqual(step('instructions: y\nimpacts: [{ service: a, effect: outtage, for: 1h }]'), [
      [
        'outtage',
        '"effect" cannot be "outtage". Did you mean "outage"? Allowed: outage, degraded, data_loss, workaround or cost.',
      ],
    ]);
    assert.match(
      step('instructions: y\nimpacts: [{ service: a, effect: outage }]')[0]?.[1] ?? '',
      /^An impact needs "for"/,
    );
  });

  it('says what the one id names that is asked for', () => {
    assert.deepEqual(step('instructions: y\nowner: { ciso: 1 }'), [
      ['{ ciso: 1 }', '"owner" must be the id of one role.'],
    ]);
  });

  it('reports a key without a value once', () => {
    assert.deepEqual(step('rollback:\ninstructions: y'), [
      ['rollback', '"rollback" has no value yet. Write one, or take the key out.'],
    ]);
  });

  it('lets no step be called end', () => {
    assert.match(
      problems('format: playbook/v1\nid: a\ntitle: A\nsteps:\n  - { id: end, instructions: y }\n')[0]?.[1] ?? '',
      /not "end"/,
    );
  });

  it('takes the names of object members for what they are: ids that may be used', () => {
    const text = `
      format: organization/v1
      people:
        constructor: { name: A }
      roles:
        __proto__: { holder: constructor }
        tostring: { holder: constructor }
    `;
    assert.deepEqual(problems(text), [
      [
        '__proto__',
        '"__proto__" is not an id (lower-case letters, digits and single hyphens). Write it like identity-lead.',
      ],
    ]);
  });

  it('checks the configuration', () => {
    assert.deepEqual(problems('profile: strict\n', '.incident-playbooks.yaml'), [
      ['strict', '"profile" cannot be "strict". Allowed: author, review or audit.'],
    ]);
  });
});
