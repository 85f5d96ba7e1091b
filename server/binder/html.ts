/** Writes a binder as one HTML file that needs nothing else. */
import type { WebFonts } from '../render/font.js';
import type { Binder } from './document.js';

export function binderHtml(_binder: Binder, _fonts: WebFonts): string {
  return '';
}
