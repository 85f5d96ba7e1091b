/** The font of graphs and exports: Liberation Sans, cut to Latin, Greek and Cyrillic (media/fonts), and how wide it is. */
import widths from '../../media/fonts/widths.json' with { type: 'json' };

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

interface Advance {
  readonly regular: number;
  readonly bold: number;
}

const ADVANCES: ReadonlyMap<number, Advance> = new Map(
  widths.flatMap(({ first, regular, bold }) =>
    regular.map((width, index) => [first + index, { regular: width, bold: bold[index] ?? width }] as const),
  ),
);

/** The advance width of `character` in thousandths of the font size, rounded up; undefined if the font lacks it. */
export function advanceOf(character: string, bold: boolean): number | undefined {
  const advance = ADVANCES.get(character.codePointAt(0) ?? 0);
  return bold ? advance?.bold : advance?.regular;
}

/** Takes a text. Gives the characters in it that the font has no sign for, each once. */
export function notCovered(text: string): string[] {
  const missing = [...new Set(text)].filter((character) => {
    const point = character.codePointAt(0) ?? 0;
    return point > 0x20 && !ADVANCES.has(point);
  });
  return missing.sort();
}
