/** Takes a PNG file. Gives its size in pixels; throws where it is no PNG. */
export function pngSize(file: Buffer): { readonly width: number; readonly height: number } {
  if (file.toString('latin1', 1, 4) !== 'PNG' || file.toString('latin1', 12, 16) !== 'IHDR') throw new Error('No PNG');
  return { width: file.readUInt32BE(16), height: file.readUInt32BE(20) };
}
