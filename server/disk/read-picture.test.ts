import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import { folderWith } from '../../test/harness/folder.js';
import { readPicture } from './read-picture.js';

const SIGNATURE = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type), data]);
  const ends = [Buffer.alloc(4), Buffer.alloc(4)] as const;
  ends[0].writeUInt32BE(data.length);
  ends[1].writeUInt32BE(crc32(body));
  return Buffer.concat([ends[0], body, ends[1]]);
}

/** The head of a PNG: its size, the bits of a value, the type of colour, whether it is interlaced. */
function head(width: number, height: number, depth = 8, colour = 6, interlaced = 0): Buffer {
  const data = Buffer.alloc(13);
  data.writeUInt32BE(width, 0);
  data.writeUInt32BE(height, 4);
  data.set([depth, colour, 0, 0, interlaced], 8);
  return chunk('IHDR', data);
}

const pixels = (...values: readonly number[]) => chunk('IDAT', deflateSync(Buffer.from(values)));
const END = chunk('IEND', Buffer.alloc(0));
const PALETTE = chunk('PLTE', Buffer.from([255, 0, 0, 0, 0, 255]));
const png = (...chunks: readonly Uint8Array[]) => Buffer.concat([SIGNATURE, ...chunks, END]);
/** Two pixels with transparency. */
const TWO = pixels(0, 200, 0, 0, 255, 0, 0, 200, 128);
const SOUND = png(head(2, 1), TWO);

const segment = (marker: number, ...data: readonly number[]) => [0xff, marker, 0, data.length + 2, ...data];
const frame = (width: number, channels = 3) =>
  segment(0xc0, 8, 0, 60, 0, width, channels, ...Array<number>(channels * 3).fill(0));
const jpeg = (...segments: readonly number[][]) => Buffer.from([0xff, 0xd8, ...segments.flat(), 0xff, 0xd9]);

describe('a picture for a document', () => {
  const faultOf = (bytes: Uint8Array) => {
    const picture = readPicture(join(folderWith({ 'logo.png': bytes }), 'logo.png'));
    return 'fault' in picture ? picture.fault : undefined;
  };

  it('is a PNG of any kind, or a JPEG', () => {
    const interlaced = pixels(...Array<number>(3).fill(0), 0, ...Array<number>(3).fill(9));
    for (const [name, bytes] of Object.entries({
      transparent: SOUND,
      'of a palette': png(head(2, 1, 1, 3), PALETTE, pixels(0, 0x40)),
      'of 16 bits': png(head(1, 1, 16, 0), pixels(0, 1, 2)),
      'with something after its end': Buffer.concat([SOUND, Buffer.from('more')]),
      interlaced: png(head(1, 1, 8, 2, 1), pixels(0, 1, 2, 3)),
      'interlaced, with two passes': png(head(5, 1, 8, 0, 1), pixels(0, 1, 0, 5, 0, 3, 0, 2, 4)),
      JPEG: jpeg(segment(0xe0, 1, 2), [0xff], frame(120)),
      'JPEG in grey': jpeg(segment(0xc4, 1), frame(120, 1)),
    })) {
      assert.equal(faultOf(bytes), undefined, name);
    }
    assert.equal(faultOf(png(head(2, 1, 8, 2, 1), interlaced)), 'is damaged');
  });

  it('comes without the texts that a PNG may hold', () => {
    const bytes = png(head(2, 1), chunk('tEXt', Buffer.from('Author\0Ann')), TWO);
    assert.deepEqual(readPicture(join(folderWith({ 'logo.png': bytes }), 'logo.png')), { bytes: SOUND });
  });

  it('is refused when it is damaged, or made to be unpacked without end', () => {
    const longChunk = Buffer.from(SOUND);
    longChunk.writeUInt32BE(0xffffffff, SIGNATURE.length);
    for (const [name, bytes] of Object.entries({
      'cut off': SOUND.subarray(0, SOUND.length / 2),
      'without an end': SOUND.subarray(0, -END.length),
      'a chunk longer than the file': longChunk,
      'without pixels': png(head(2, 1)),
      'fewer pixels than it says': png(head(200, 100), TWO),
      'more pixels than it says': png(head(2, 1), pixels(...Array<number>(100_000).fill(0))),
      'two heads': png(head(2, 1), head(4000, 4000), TWO),
      'no size': png(head(0, 1), TWO),
      'bits that there are not': png(head(2, 1, 3), TWO),
      'a filter that there is not': png(head(2, 1), pixels(9, 200, 0, 0, 255, 0, 0, 200, 128)),
      'no palette': png(head(2, 1, 8, 3), pixels(0, 1, 1)),
      'packed in another way': png(head(2, 1), chunk('IDAT', Buffer.alloc(40, 1))),
      'a JPEG that is cut off': jpeg(frame(120)).subarray(0, -4),
      'a JPEG without a frame': jpeg(segment(0xe0, 1, 2)),
      'a JPEG without a size': jpeg(frame(0)),
      'a JPEG of two colours': jpeg(frame(120, 2)),
      'the beginning of a JPEG': Buffer.from([0xff, 0xd8, 0xff]),
    })) {
      assert.equal(faultOf(bytes), 'is damaged', name);
    }
  });

  it('is refused with the reason when it cannot be used', () => {
    assert.equal(faultOf(png(head(60_000, 60_000), TWO)), 'has more pixels than 4096 times 4096');
    assert.equal(faultOf(Buffer.concat([SOUND, Buffer.alloc(5_000_000)])), 'is larger than 4 MiB');
    assert.equal(faultOf(Buffer.from('<svg/>')), 'is no PNG and no JPEG');
    assert.match(
      faultOf(png(head(2, 1, 1, 3), PALETTE, chunk('tRNS', Buffer.from([0])), pixels(0, 0x40))) ?? '',
      /^is transparent or interlaced and has fewer than 8 bits/,
    );
  });

  it('is not waited for where it is no file', function () {
    if (process.platform === 'win32') this.skip();
    const folder = folderWith({});
    spawnSync('mkfifo', [join(folder, 'pipe.png')]);
    symlinkSync('/dev/zero', join(folder, 'endless.png'));
    const faults = ['pipe.png', 'endless.png', '.', 'missing.png'].map((name) => readPicture(join(folder, name)));
    assert.deepEqual(faults, [
      { fault: 'is not a regular file' },
      { fault: 'is not a regular file' },
      { fault: 'is not a regular file' },
      { fault: 'does not exist' },
    ]);
  });
});
