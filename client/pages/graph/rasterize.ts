/** Draws a picture in SVG as PNG. */

/** Twice the size on the screen can be printed. */
const SCALE = 2;
/** More than this no browser draws. */
const MAX_PIXELS = 64_000_000;
const MAX_SIDE = 16_000;

/** Takes an SVG file. Gives the PNG file in base64; empty where the browser cannot draw it. */
export async function rasterize(svg: string): Promise<string> {
  const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const { width, height } = image;
    const scale = Math.min(SCALE, Math.sqrt(MAX_PIXELS / (width * height)), MAX_SIDE / width, MAX_SIDE / height);
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(width * scale);
    canvas.height = Math.round(height * scale);
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return canvas.toDataURL('image/png').replace(/^data:image\/png;base64,/, '');
  } catch {
    return '';
  } finally {
    URL.revokeObjectURL(url);
  }
}
