/** What is written in the graph stays inside its boxes, whatever fonts the machine has. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { samples } from '../harness/paths.js';
import { VscodeWindow } from './window.js';

const FONT = 'Incident Playbooks Sans';

/** In the page: its fonts that are loaded, and texts that reach over the edge of their box or of the ground of their label. */
const MEASURE = `(() => {
  const faces = [...document.fonts].filter(({ status }) => status === 'loaded').map(({ family, weight }) => family.replaceAll('"', '') + ' ' + weight);
  const isOutside = (text, ground) => {
    const [a, b] = [text.getBoundingClientRect(), ground.getBoundingClientRect()];
    return a.left < b.left || a.right > b.right || a.top < b.top || a.bottom > b.bottom;
  };
  const over = [];
  let count = 0;
  for (const text of document.querySelectorAll('.content .box text, .content .label text')) {
    const box = text.closest('.box, .label');
    const ground = box.querySelector('.outline, .label-ground');
    if (!ground || text.closest('.badge')) continue;
    count++;
    if (isOutside(text, ground)) over.push(text.textContent);
  }
  return { faces: faces.sort(), over, count };
})()`;

/** Narrow letters in bold, letters that English does without, and words that no line can hold. */
const OTHER_WORDS = [
  'fill till illicit filters will fit it still',
  'Größte Überprüfung der Übergänge für Geschäftsführer',
  'Ενημέρωση της διοίκησης και των αρχών',
  'Отключить доступ немедленно и сообщить',
  'Datenschutzgrundverordnungsmeldepflichtprüfung',
  'WWW MMM @@@ %%% — “…” 隔離する 🚒🚒',
];
const OTHER_LETTERS = `format: playbook/v1
id: other-letters
title: Other letters
steps:
${OTHER_WORDS.map(
  (words, n) => `  - { id: s${n}, title: "${words}", owner: "ролью", phase: containment, instructions: x }
`,
).join('')}`;
const files = [...readdirSync(join(samples, 'playbooks')), 'other-letters.incident-playbook.yaml'];

describe('the words in the graph', () => {
  let window: VscodeWindow;
  before(async () => {
    window = await VscodeWindow.open({
      before: (workspace) =>
        writeFileSync(join(workspace, 'playbooks/other-letters.incident-playbook.yaml'), OTHER_LETTERS),
    });
    await window.openFile('ddos.incident-playbook.yaml');
    await window.run('Incident Playbooks: Open Decision Graph');
    await window.graph().locator('.content .box').first().waitFor();
  });
  after(() => window.close());

  for (const name of files) {
    it(`stay inside their boxes: ${name}`, async () => {
      await window.openFile(name);
      const [, title = ''] =
        /^title: (.*)$/m.exec(readFileSync(join(window.workspace, 'playbooks', name), 'utf8')) ?? [];
      await window.graph().locator('h1', { hasText: title }).waitFor({ state: 'attached' });
      const frame = await window.frameWith('.canvas');
      const { faces, over, count } = (await frame.evaluate(MEASURE)) as {
        faces: string[];
        over: string[];
        count: number;
      };
      assert.deepEqual(faces, [`${FONT} 400`, `${FONT} 700`]);
      assert.ok(count > OTHER_WORDS.length);
      assert.deepEqual(over, []);
      await window.picture(`graph-text-${name.split('.')[0]}`);
    });
  }
});
