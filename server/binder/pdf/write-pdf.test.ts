import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { root } from '../../../test/harness/paths.js';
import type { Binder } from '../document.js';
import type { writePdf } from './write-pdf.js';

const BUNDLE = join(root, 'dist/pdf.js');
const font = (style: string) => readFileSync(join(root, `media/fonts/incident-playbooks-sans-${style}.ttf`));
/** Two pixels, one of which is half transparent: its transparency is unpacked and packed anew. */
const LOGO = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAYAAAD0In+KAAAAEUlEQVR4nGM4wcDwn4HhRAMADVQDEKtTJIQAAAAASUVORK5CYII=',
  'base64',
);
const BINDER: Omit<Binder, 'logo'> = {
  title: 'Crisis binder',
  organization: 'Southwind',
  marking: 'TLP:GREEN',
  revision: 'none',
  printed: '2026-11-20',
  accent: '#7a1f2b',
  cover: [],
  sections: [{ id: 'roster', title: 'Contact roster', blocks: [{ kind: 'ticks', items: ['Call Ann.', 'Call Bob.'] }] }],
};

/** Writes a binder with what is given for `Uint8Array`, so that all bytes are of the world that the writer lives in. */
async function write(writer: typeof writePdf, Bytes: Uint8ArrayConstructor): Promise<string> {
  const hash = createHash('sha256');
  const fonts = { regular: Bytes.from(font('regular')), bold: Bytes.from(font('bold')) };
  const pages = await writer({ ...BINDER, logo: Bytes.from(LOGO) }, 'a4', fonts, (bytes) => hash.update(bytes));
  assert.equal(pages, 3);
  return hash.digest('hex');
}

describe('the PDF', () => {
  it('is the same, byte by byte, when it is written where there is nothing of Node', async () => {
    const { writePdf: inNode }: { writePdf: typeof writePdf } = createRequire(import.meta.url)(BUNDLE);
    const encode = (text: string) => new TextEncoder().encode(text);
    const page = createContext({ module: { exports: {} }, encode, TextDecoder, URL, atob, setTimeout, queueMicrotask });
    // The bytes of another world are no `Uint8Array` of this one.
    runInContext('class TextEncoder { encode(text) { return Uint8Array.from(encode(text)); } }', page);
    runInContext(readFileSync(BUNDLE, 'utf8'), page);
    const { writer, Bytes } = runInContext('({ writer: module.exports.writePdf, Bytes: Uint8Array })', page);
    assert.equal(await write(writer, Bytes), await write(inNode, Uint8Array));
  });
});
