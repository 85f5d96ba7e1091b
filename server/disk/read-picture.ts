/** Reads a picture from disk, or says why not: one that is damaged, or made to be, must not reach what unpacks it. */
import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';
import { inflateSync } from 'node:zlib';
import { reasonOf } from './read-text.js';

export type Picture = { readonly bytes: Uint8Array } | { readonly fault: string };

const MAX_BYTES = 4 * 1_048_576;
const MAX_PIXELS = 4096 * 4096;

/**
 * The PNG or JPEG at a path, or what is wrong with it, in words that follow the file's name. A PNG comes without the texts and
 * dates that it may hold. Never throws.
 */
export function readPicture(path: string): Picture {
  let file: number;
  try {
    // Without O_NONBLOCK a named pipe that nobody writes to would hold the process for ever.
    file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    return { fault: reasonOf(error) };
  }
  try {
    const stat = fstatSync(file);
    if (!stat.isFile()) return { fault: 'is not a regular file' };
    if (stat.size > MAX_BYTES) return { fault: 'is larger than 4 MiB' };
    return pictureOf(readFileSync(file));
  } catch (error) {
    return { fault: reasonOf(error) };
  } finally {
    closeSync(file);
  }
}

function pictureOf(bytes: Buffer): Picture {
  if (bytes.subarray(0, 8).equals(SIGNATURE)) return pngOf(bytes);
  if (bytes.toString('latin1', 0, 3) === '\xff\xd8\xff') return jpegOf(bytes);
  return { fault: 'is no PNG and no JPEG' };
}

const SIGNATURE = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
const DAMAGED = { fault: 'is damaged' };
const TOO_LARGE = { fault: 'has more pixels than 4096 times 4096' };
const TOO_FEW_BITS = {
  fault: 'is transparent or interlaced and has fewer than 8 bits for each colour, which cannot be written',
};
/** How many values a pixel has, by the type of colour; and with how many bits each of them may be written. */
const CHANNELS: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
const DEPTHS: Readonly<Record<number, readonly number[]>> = {
  0: [1, 2, 4, 8, 16],
  2: [8, 16],
  3: [1, 2, 4, 8],
  4: [8, 16],
  6: [8, 16],
};
const MAX_FILTER = 4;
/** Where the passes of an interlaced picture begin, and how far apart their pixels are: x, y, across, down. */
const PASSES = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;

/** A PNG is sound when its chunks lead from its head to its end, and its pixels are as many as the head says. */
function pngOf(bytes: Buffer): Picture {
  const chunks = new Map<string, Buffer[]>();
  const kept: Buffer[] = [SIGNATURE];
  for (let at = 8; !chunks.has('IEND'); ) {
    if (at + 12 > bytes.length) return DAMAGED;
    const end = at + 12 + bytes.readUInt32BE(at);
    if (end > bytes.length) return DAMAGED;
    const type = bytes.toString('latin1', at + 4, at + 8);
    if (chunks.size === 0 && type !== 'IHDR') return DAMAGED;
    chunks.set(type, [...(chunks.get(type) ?? []), bytes.subarray(at + 8, end - 4)]);
    if (/^(?:IHDR|PLTE|tRNS|IDAT|IEND)$/.test(type)) kept.push(bytes.subarray(at, end));
    at = end;
  }
  const [[head, ...heads] = [], [palette, ...palettes] = [], [alphas, ...more] = []] = ['IHDR', 'PLTE', 'tRNS'].map(
    (type) => chunks.get(type) ?? [],
  );
  if (head?.length !== 13 || [...heads, ...palettes, ...more].length > 0) return DAMAGED;
  const [width, height] = [head.readUInt32BE(0), head.readUInt32BE(4)];
  const [depth = 0, colour = -1, , , interlaced = 0] = head.subarray(8);
  if (width === 0 || height === 0 || interlaced > 1 || !DEPTHS[colour]?.includes(depth)) return DAMAGED;
  if (palette ? palette.length === 0 || palette.length % 3 !== 0 || palette.length > 768 : colour === 3) return DAMAGED;
  if (width * height > MAX_PIXELS) return TOO_LARGE;
  if (depth < 8 && (interlaced === 1 || (colour === 3 && alphas))) return TOO_FEW_BITS;
  const bits = depth * (CHANNELS[colour] ?? 0);
  const passes = interlaced === 1 ? PASSES : ([[0, 0, 1, 1]] as const);
  const lines = passes.flatMap(([x, y, across, down]) => {
    const columns = Math.ceil((width - x) / across);
    const length = 1 + Math.ceil((columns * bits) / 8);
    return columns > 0 ? Array<number>(Math.max(0, Math.ceil((height - y) / down))).fill(length) : [];
  });
  return areSound(lines, Buffer.concat(chunks.get('IDAT') ?? [])) ? { bytes: Buffer.concat(kept) } : DAMAGED;
}

/** Whether what is packed is lines of these lengths, each of which begins with the number of its filter. */
function areSound(lengths: readonly number[], packed: Buffer): boolean {
  const length = lengths.reduce((sum, one) => sum + one, 0);
  try {
    const pixels = inflateSync(packed, { maxOutputLength: length });
    let at = 0;
    for (const one of lengths) {
      if ((pixels[at] ?? 0) > MAX_FILTER) return false;
      at += one;
    }
    return pixels.length === length;
  } catch {
    return false;
  }
}

/** A JPEG is sound as far as it is read here: its segments lead to a frame that has a size, and it is written to its end. */
function jpegOf(bytes: Buffer): Picture {
  for (let at = 2; at + 9 < bytes.length; ) {
    const marker = bytes.readUInt16BE(at);
    if (marker < 0xffc0) return DAMAGED;
    if (marker === 0xffff) {
      at++;
    } else if (marker > 0xffcf || marker === 0xffc4) {
      at += 2 + bytes.readUInt16BE(at + 2);
    } else {
      const [height, width, channels] = [bytes.readUInt16BE(at + 5), bytes.readUInt16BE(at + 7), bytes[at + 9] ?? 0];
      if (width === 0 || height === 0 || ![1, 3, 4].includes(channels)) return DAMAGED;
      if (width * height > MAX_PIXELS) return TOO_LARGE;
      return bytes.includes(Buffer.of(0xff, 0xd9), at) ? { bytes } : DAMAGED;
    }
  }
  return DAMAGED;
}
