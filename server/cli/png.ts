/** Draws a picture in SVG as PNG. */
import { readFileSync } from 'node:fs';
import { trueTypeFonts } from '../disk/fonts.js';
import { FONT_NAME } from '../render/font.js';
import { rasterScale, type Size } from '../render/raster.js';
import { UsageError } from './usage-error.js';

const PACKAGE = '@resvg/resvg-wasm';

/** Takes an SVG file and its size. Gives the PNG file. @throws UsageError where the package that draws it is not installed. */
export async function png(svg: string, size: Size): Promise<Uint8Array> {
  const { Resvg, initWasm } = await rasterizer();
  await initWasm(readFileSync(require.resolve(`${PACKAGE}/index_bg.wasm`)));
  const { regular, bold } = trueTypeFonts();
  const picture = new Resvg(svg, {
    fitTo: { mode: 'zoom', value: rasterScale(size) },
    font: { fontBuffers: [regular, bold], defaultFontFamily: FONT_NAME, sansSerifFamily: FONT_NAME },
  });
  return picture.render().asPng();
}

async function rasterizer(): Promise<typeof import('@resvg/resvg-wasm')> {
  try {
    return await import('@resvg/resvg-wasm');
  } catch {
    throw new UsageError(
      `PNG needs the package ${PACKAGE}, which is not in the extension: "npm install ${PACKAGE}" beside it, or export from VS Code.`,
    );
  }
}
