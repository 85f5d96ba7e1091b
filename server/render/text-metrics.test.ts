import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import PDFDocument from 'pdfkit';
import { root } from '../../test/harness/paths.js';
import { shorten, textWidth, wrapText } from './text-metrics.js';

const SIZE = 13;
/** Narrow and wide letters, and those that English does without. */
const TEXTS = [
  'fill till illicit filters fit',
  'MWMW @ 100 % — WWW',
  'Verständigung: größte Übung, žluťoučký kůň, łódź',
  'Ενημέρωση της διοίκησης',
  'Отключить доступ немедленно',
  '“Isolate?” – 10 € ≥ 5 → yes',
];

describe('the width of a text', () => {
  for (const style of ['regular', 'bold']) {
    const font = readFileSync(join(root, `media/fonts/incident-playbooks-sans-${style}.ttf`));
    const document = new PDFDocument().font(font).fontSize(SIZE);
    for (const text of TEXTS) {
      it(`is that of the font, and little more: ${style}, ${text}`, () => {
        const drawn = document.widthOfString(text);
        const estimated = textWidth(text, SIZE, style === 'bold');
        assert.ok(estimated >= drawn, `${estimated} for ${drawn}`);
        assert.ok(estimated <= drawn * 1.05, `${estimated} for ${drawn}`);
      });
    }
  }

  it('is never too little for what the font lacks', () => {
    assert.ok(textWidth('隔離', SIZE) >= 2 * SIZE);
  });

  it('is what lines are broken at, and what an ellipsis stands for', () => {
    const lines = wrapText('Verständigung der größten Übungsgruppe', 100, SIZE, true, 4);
    for (const line of lines) assert.ok(textWidth(line, SIZE, true) <= 100, line);
    assert.equal(lines.join(' '), 'Verständigung der größten Übungsgruppe');
    assert.ok(textWidth(shorten('fill till illicit filters fit', 60, SIZE, true), SIZE, true) <= 60);
  });
});
