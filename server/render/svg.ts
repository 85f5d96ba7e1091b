/** The decision graph as an SVG file that needs nothing else: light paper, title, revision, legend. */
import type { Drawing } from './drawing.js';
import { element, markup } from './element.js';
import { fontFaces, type WebFonts } from './font.js';
import { LEGEND_HEIGHT, legend } from './legend.js';
import { type Badges, markers, picture } from './picture.js';
import { shorten } from './text-metrics.js';
import { onLightPaper, PICTURE_STYLE } from './theme.js';

export interface Caption {
  readonly title: string;
  /** Id, version, status, marking, day: one line below the title. */
  readonly details: string;
}

const FONTS_HERE = element('style', { class: 'fonts' });
const HEADER = 64;
const MARGIN = 24;

/** Takes a drawing. Gives the size of its SVG file in pixels. */
export function svgSize({ width, height }: Drawing): { readonly width: number; readonly height: number } {
  return {
    width: Math.max(width, legend().width + 2 * MARGIN),
    height: HEADER + height + LEGEND_HEIGHT + MARGIN,
  };
}

/** Takes a drawing, its badges, a caption and the fonts to carry. Gives the SVG file; the same input gives the same bytes. */
export function svg(drawing: Drawing, badges: Badges, caption: Caption, fonts: WebFonts): string {
  const key = legend();
  const { width, height } = svgSize(drawing);
  const titleRoom = width - 2 * MARGIN;
  const root = element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      viewBox: `0 0 ${width} ${height}`,
      width,
      height,
      role: 'img',
      'aria-label': `Decision graph: ${caption.title}`,
    },
    element('style', {}, onLightPaper(`.caption { font-size: 18px; font-weight: bold; } ${PICTURE_STYLE}`)),
    FONTS_HERE,
    markers(),
    element('rect', { width, height, fill: '#ffffff' }),
    element(
      'g',
      { class: 'picture' },
      element('text', { class: 'caption', x: MARGIN, y: 34 }, shorten(caption.title, titleRoom, 18, true)),
      element('text', { class: 'fact', x: MARGIN, y: 54 }, shorten(caption.details, titleRoom, 11, false)),
    ),
    element('g', { transform: `translate(${(width - drawing.width) / 2},${HEADER})` }, picture(drawing, badges)),
    element('g', { class: 'picture', transform: `translate(${MARGIN},${HEADER + drawing.height + 6})` }, key.group),
  );
  // The fonts are ours and hold nothing of the playbook, so they are the one part that is not escaped.
  const written = markup(root).replace(markup(FONTS_HERE), () => `<style>${fontFaces(fonts)}</style>`);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${written}\n`;
}
