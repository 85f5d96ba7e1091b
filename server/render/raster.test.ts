import assert from 'node:assert/strict';
import { rasterNote, rasterScale } from './raster.js';

describe('pictures made of pixels', () => {
  it('have two for each unit as long as memory and all programs allow it', () => {
    assert.equal(rasterScale({ width: 400, height: 300 }), 2);
    assert.equal(rasterScale({ width: 8192, height: 300 }), 2);
    assert.equal(rasterNote({ width: 400, height: 300 }), undefined);
    assert.equal(rasterNote({ width: 12_000, height: 300 }), undefined);
  });

  it('keep one for each unit where some programs show no more, and say so', () => {
    const long = { width: 300, height: 20_000 };
    assert.equal(rasterScale(long), 1);
    assert.match(rasterNote(long) ?? '', /^The PNG has 300 x 20000 pixels: some programs show no more than 16384/);
  });

  it('say at which scale they are drawn where that is less, and what helps', () => {
    const huge = { width: 16_336, height: 8824 };
    assert.ok(rasterScale(huge) < 1);
    assert.match(
      rasterNote(huge) ?? '',
      /^The PNG is drawn at 66 % of its size, in \d+ x \d+ pixels: small words cannot be read in it\. An \.svg or \.html .* binder/,
    );
    assert.match(rasterNote({ width: 10, height: 10_000_000 }) ?? '', /drawn at 1 % of its size/);
  });

  it('never have more pixels than fit into memory', () => {
    for (const width of [1, 100, 5000, 40_000, 1_000_000]) {
      for (const height of [1, 100, 5000, 40_000, 1_000_000]) {
        const scale = rasterScale({ width, height });
        assert.ok(width * height * scale * scale <= 64_000_001 && Math.max(width, height) * scale <= 32_768);
      }
    }
  });
});
