/** The fonts that ship with the product. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { WebFonts } from '../render/font.js';

/** Seen from the bundles in `dist`. */
const FONTS = join(__dirname, '../media/fonts/incident-playbooks-sans-');

/** Gives the fonts for pages and pictures that carry them. Throws where they are missing. */
export function webFonts(): WebFonts {
  const read = (style: string) => readFileSync(`${FONTS}${style}.woff2`).toString('base64');
  return { regular: read('regular'), bold: read('bold') };
}

/** Gives the fonts as TrueType, for pictures and documents that are made here. Throws where they are missing. */
export function trueTypeFonts(): { readonly regular: Buffer; readonly bold: Buffer } {
  const read = (style: string) => readFileSync(`${FONTS}${style}.ttf`);
  return { regular: read('regular'), bold: read('bold') };
}
