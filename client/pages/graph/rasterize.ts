/** Draws a picture in SVG as PNG. */
import { rasterScale } from '../../../server/render/raster.js';

/** Takes an SVG file. Gives the PNG file in base64; empty where the browser cannot draw it. */
export async function rasterize(svg: string): Promise<string> {
  const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const { width, height } = image;
    const scale = rasterScale({ width, height });
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(width * scale);
    canvas.height = Math.round(height * scale);
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    // A canvas that is too large for the browser gives an address without a picture.
    return /^data:image\/png;base64,(.*)$/.exec(canvas.toDataURL('image/png'))?.[1] ?? '';
  } catch {
    return '';
  } finally {
    URL.revokeObjectURL(url);
  }
}
