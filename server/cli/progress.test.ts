import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';
import { progressOn } from './progress.js';

describe('progress', () => {
  const runOn = async (isTTY: boolean) => {
    const written: string[] = [];
    const progress = progressOn({ isTTY, write: (text) => written.push(text) });
    progress.show(1, 3);
    await wait(1050);
    progress.show(2, 3);
    progress.show(3, 3);
    progress.clear();
    return written;
  };

  it('shows on a terminal how far a long run has come, and takes it away', async () => {
    assert.deepEqual(await runOn(true), ['\r2 of 3 files checked', '\r\u001b[K']);
  });

  it('shows nothing elsewhere', async () => {
    assert.deepEqual(await runOn(false), []);
  });
});
