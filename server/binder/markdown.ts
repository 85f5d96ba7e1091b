/** Writes a binder as Markdown. */
import type { WebFonts } from '../render/font.js';
import type { Binder } from './document.js';
import type { BinderFile } from './files.js';

export function binderMarkdown(_binder: Binder, _fonts: WebFonts): BinderFile[] {
  return [];
}
