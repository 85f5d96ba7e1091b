/** How large a picture becomes when it is made of pixels, and what its reader should know of that. */

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Twice the size on the screen can be printed. */
const SCALE = 2;
/** More pixels take more memory than most programs have for a picture. */
const MAX_PIXELS = 64_000_000;
/** What most programs show, and what hardly any one goes beyond. */
const SHOWN_BY_MOST = 16_384;
const SHOWN_BY_SOME = 32_767;

/**
 * How many pixels stand for one unit of a picture: two, as long as memory and the programs that show pictures allow it; one
 * where only some of them do; less where the picture is larger than that.
 */
export function rasterScale({ width, height }: Size): number {
  const within = (side: number) => Math.min(Math.sqrt(MAX_PIXELS / (width * height)), side / width, side / height);
  return Math.max(Math.min(SCALE, within(SHOWN_BY_MOST)), Math.min(1, within(SHOWN_BY_SOME)));
}

/** What to say of the pixels of a picture; undefined where each unit has at least one and all programs show them. */
export function rasterNote(size: Size): string | undefined {
  const scale = rasterScale(size);
  const [width, height] = [Math.round(size.width * scale), Math.round(size.height * scale)];
  const instead = 'An .svg or .html is sharp at every size, and the binder cuts the graph into pages.';
  if (scale < 1) {
    const percent = Math.max(Math.floor(scale * 100), 1);
    return `The PNG is drawn at ${percent} % of its size, in ${width} x ${height} pixels: small words cannot be read in it. ${instead}`;
  }
  if (Math.max(width, height) <= SHOWN_BY_MOST) return undefined;
  return `The PNG has ${width} x ${height} pixels: some programs show no more than ${SHOWN_BY_MOST} in one direction. ${instead}`;
}
