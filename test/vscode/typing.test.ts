/**
 * Writing in real VS Code with the settings as shipped, key by key, as a person does who never asks for suggestions. What
 * comes out is what was meant, and no Enter is lost.
 *
 * `TYPING=whole` (`npm run typing`) types both texts to their ends, at 60 and at 200 ms a key. What it took is printed.
 */
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../harness/paths.js';
import { type Typing, type Typist, typeText } from './typist.js';
import { until, VscodeWindow } from './window.js';

const PLAYBOOK = 'ransomware.incident-playbook.yaml';
const ORGANIZATION = 'north.incident-org.yaml';
const textOf = (name: string) => readFileSync(join(root, 'test/vscode/typed', name), 'utf8').trimEnd();
const IS_WHOLE = process.env['TYPING'] === 'whole';

/** Opens a window with a folder of its own, in which these files are. */
async function openWith(files: Readonly<Record<string, string>>): Promise<VscodeWindow> {
  const [first = ''] = Object.keys(files);
  const window = await VscodeWindow.open({
    openFile: `typed/${first}`,
    before(workspace) {
      mkdirSync(join(workspace, 'typed'));
      writeFileSync(join(workspace, 'typed/.incident-playbooks.yaml'), 'root: true\n');
      for (const [name, text] of Object.entries(files)) writeFileSync(join(workspace, 'typed', name), text);
    },
  });
  // The extension has begun, and its server checks.
  await window.page.locator('#status\\.editor\\.indentation', { hasText: 'Spaces: 2' }).waitFor();
  await window.page.locator('#status\\.problems', { hasText: /[1-9]/ }).waitFor();
  await window.focusEditor();
  return window;
}

async function savedAs(window: VscodeWindow, name: string, text: string): Promise<void> {
  const read = () => readFileSync(join(window.workspace, 'typed', name), 'utf8');
  await window.page.keyboard.press('Escape');
  await window.page.keyboard.press('Control+s');
  await window.page.locator('.tab.active:not(.dirty)').first().waitFor();
  await until(async () => read() !== '', 'the file to be saved');
  assert.equal(read(), text);
}

function report(name: string, { pace, looks }: Typist, typing: Typing): void {
  const { lines, keys, lostEnters, correctedLines, correctingKeys } = typing;
  const corrections = looks ? `, ${correctedLines.length} lines indented by hand with ${correctingKeys} keys` : '';
  const how = looks ? 'looking' : 'without looking';
  console.log(
    `      ${name}, ${pace} ms, ${how}: ${lines} lines, ${keys} keys, ${lostEnters.length} Enters lost${corrections}`,
  );
}

describe('writing in VS Code', () => {
  if (IS_WHOLE) {
    for (const pace of [60, 200]) {
      for (const looks of [true, false]) {
        // Whoever does not look types fast.
        if (!looks && pace > 60) continue;
        it(`both texts as they are meant, at ${pace} ms a key, ${looks ? 'looking' : 'without looking'}`, async () => {
          const typist = { pace, looks };
          const type = async (name: string, files: Readonly<Record<string, string>>) => {
            const window = await openWith({ [name]: '', ...files });
            try {
              const typing = await typeText(window, textOf(name), typist);
              report(name, typist, typing);
              await savedAs(window, name, textOf(name));
              assert.deepEqual(typing.lostEnters, []);
            } finally {
              await window.picture(`typed ${name} ${pace} ${looks}`);
              await window.close();
            }
          };
          await Promise.all([type(PLAYBOOK, { [ORGANIZATION]: `${textOf(ORGANIZATION)}\n` }), type(ORGANIZATION, {})]);
        }).timeout(1_500_000);
      }
    }
    return;
  }

  let playbook: VscodeWindow;
  let organization: VscodeWindow;
  before(async () => {
    [playbook, organization] = await Promise.all([
      openWith({
        [PLAYBOOK]: '',
        [ORGANIZATION]: `${textOf(ORGANIZATION)}\n`,
        'menu.incident-playbook.yml': `${textOf(PLAYBOOK).slice(0, textOf(PLAYBOOK).indexOf('  - id: scope'))}`,
      }),
      openWith({ [ORGANIZATION]: '' }),
    ]);
  });
  after(() => Promise.all([playbook.close(), organization.close()]));

  it('keeps what is typed, line by line, at 60 and at 200 ms a key', async () => {
    const meant = textOf(PLAYBOOK);
    const [seen, blind] = [meant.indexOf('  - id: isolate\n'), meant.indexOf('  - id: clean\n') - 1];
    const typePlaybook = async () => {
      const looking = { pace: 60, looks: true };
      const first = await typeText(playbook, meant.slice(0, seen), looking);
      report(PLAYBOOK, looking, first);
      await playbook.picture('typing');
      const unseeing = { pace: 60, looks: false };
      await playbook.page.keyboard.press('Enter');
      await playbook.page.keyboard.press('Shift+Home');
      const rest = await typeText(playbook, meant.slice(seen, blind), unseeing);
      report(PLAYBOOK, unseeing, rest);
      await savedAs(playbook, PLAYBOOK, meant.slice(0, blind));
      return first;
    };
    const typeOrganization = async () => {
      const typist = { pace: 200, looks: true };
      const typing = await typeText(organization, textOf(ORGANIZATION), typist);
      report(ORGANIZATION, typist, typing);
      await savedAs(organization, ORGANIZATION, textOf(ORGANIZATION));
      return typing;
    };
    for (const { lostEnters, correctedLines } of await Promise.all([typePlaybook(), typeOrganization()])) {
      assert.deepEqual(lostEnters, []);
      // What is left to the writer is to come back out of a list or a map: nothing is indented by hand.
      for (const line of correctedLines) assert.doesNotMatch(line, /^ *(?:title|value|name|holder): /);
    }
  }).timeout(600_000);

  describe('the menu', () => {
    const row = (text: string | RegExp) =>
      playbook.page.locator('.suggest-widget.visible .monaco-list-row', { hasText: text }).first();
    const focused = (text: string) =>
      playbook.page.locator('.suggest-widget.visible .monaco-list-row.focused', { hasText: text }).first();
    const type = (text: string) => playbook.page.keyboard.type(text, { delay: 60 });
    const line = (text: RegExp) => playbook.page.locator('.view-line', { hasText: text }).first();
    const press = (key: string) => playbook.page.keyboard.press(key);

    before(async () => {
      await playbook.openFile('menu.incident-playbook.yml');
      await playbook.focusEditor();
    });
    beforeEach(async () => {
      await press('Escape');
      await press('Escape');
      await press('Control+End');
    });
    afterEach(async function () {
      if (this.currentTest?.state === 'failed') await playbook.picture(`failed ${this.currentTest.title}`);
    });

    it('puts a whole step behind a dash, with the blank', async () => {
      await type('  -');
      await focused('Step: action').waitFor();
      await playbook.picture('typing-dash');
      await press('Enter');
      await line(/^\s\s-\sid:\sstep-id/).waitFor();
      await line(/owner:\s(?:soc-lead|ciso)/).waitFor();
    });

    it('stays open behind the blank, the whole steps first', async () => {
      await press('Enter');
      await press('Shift+Home');
      await type('  - ');
      await focused('Step: action').waitFor();
      await type('id');
      await focused('id').waitFor();
      await type(': next-one');
      await press('Enter');
      await line(/^\s\s-\sid:\snext-one/).waitFor();
    });

    it('shows keys from the first letter, and opens the values of the key that is taken', async () => {
      await type('ph');
      await focused('phase').waitFor();
      await press('Enter');
      await focused('detection').waitFor();
      await playbook.picture('typing-values');
      await type('rec');
      await focused('recovery').waitFor();
      await press('Enter');
      await line(/^\s{4}phase:\srecovery/).waitFor();
      await press('Enter');
    });

    it('shows the roles behind the blank, with who holds them', async () => {
      await type('owner: ');
      await row(/ciso.*Ada Lovelace/).waitFor();
      await row('soc-lead').waitFor();
      await type('c');
      await focused('ciso').waitFor();
      await press('Enter');
      await press('Enter');
      await line(/^\s{4}owner:\sciso/).waitFor();
    });

    it('leaves an id and a duration alone that are the beginning of a suggestion', async () => {
      await type('within: 1m');
      await press('Enter');
      await type('title: A-b, c: d');
      await press('Enter');
      await line(/^\s{4}within:\s1m/).waitFor();
      await line(/^\s{4}title:\sA-b,\sc:\sd$/).waitFor();
    });
  });

  it('shows the keys of a playbook from the first letter, and new people where keys are free', async () => {
    const { keyboard } = organization.page;
    const row = (text: string) =>
      organization.page.locator('.suggest-widget.visible .monaco-list-row', { hasText: text }).first();
    await keyboard.press('Control+a');
    await keyboard.type('format: organization/v1\npeople:\nn', { delay: 60 });
    await row('new person').waitFor();
    await organization.picture('typing-people');
    await keyboard.press('Enter');
    await organization.page
      .locator('.view-line', { hasText: /^\s\sfirst-last:/ })
      .first()
      .waitFor();
    await keyboard.press('Escape');
    await keyboard.press('Control+a');
    await keyboard.type('format: playbook/v1\nt', { delay: 60 });
    for (const key of ['title', 'threats', 'triggers']) await row(key).waitFor();
  });
});
