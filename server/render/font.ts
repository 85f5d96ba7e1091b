/** The font of exports: Liberation Sans, cut to Latin, Greek and Cyrillic (media/fonts). Its widths are those of text-metrics.ts. */
import coverage from '../../media/fonts/coverage.json' with { type: 'json' };

export const FONT_NAME = 'Incident Playbooks Sans';

/** The fonts in the form that browsers read, as base64. */
export interface WebFonts {
  readonly regular: string;
  readonly bold: string;
}

/** Takes fonts. Gives the style sheet that makes a page or a picture carry them. */
export function fontFaces({ regular, bold }: WebFonts): string {
  const face = (data: string, weight: string) =>
    `@font-face { font-family: '${FONT_NAME}'; font-weight: ${weight}; src: url(data:font/woff2;base64,${data}) format('woff2'); }`;
  return `${face(regular, 'normal')} ${face(bold, 'bold')}`;
}

/** Takes a text. Gives the characters in it that the font has no sign for, each once. */
export function notCovered(text: string): string[] {
  const missing = [...new Set(text)].filter((character) => {
    const point = character.codePointAt(0) ?? 0;
    return point > 0x20 && !coverage.some(([first = 0, last = 0]) => first <= point && point <= last);
  });
  return missing.sort();
}
