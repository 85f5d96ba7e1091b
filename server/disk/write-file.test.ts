import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { folderWith } from '../../test/harness/folder.js';
import { makeFolder, WriteError, writeWhole } from './write-file.js';

describe('writing a file', () => {
  const folders: string[] = [];
  const folderOf = (files: Record<string, string>) => {
    const folder = folderWith(files);
    folders.push(folder);
    return folder;
  };
  const refuses = (path: string, words: RegExp) =>
    assert.throws(
      () => writeWhole(path, 'new', 'the report'),
      (error) => error instanceof WriteError && words.test(error.message),
    );
  after(() => {
    for (const folder of folders) rmSync(folder, { recursive: true });
  });

  it('replaces what was there, keeps its permissions, and leaves nothing else', () => {
    const folder = folderOf({ 'a.txt': 'a longer old text' });
    chmodSync(join(folder, 'a.txt'), 0o640);
    writeWhole(join(folder, 'a.txt'), 'new');
    assert.equal(readFileSync(join(folder, 'a.txt'), 'utf8'), 'new');
    if (process.platform !== 'win32') assert.equal(statSync(join(folder, 'a.txt')).mode & 0o777, 0o640);
    const longest = 'n'.repeat(250);
    writeWhole(join(folder, longest), 'new');
    assert.deepEqual(readdirSync(folder).sort(), ['a.txt', longest]);
  });

  it('says in a sentence why it cannot', () => {
    const folder = folderOf({ file: '', 'in/a': '', protected: 'old' });
    refuses(join(folder, 'in'), /^the report is a folder: name a file in it\.$/);
    refuses(
      join(folder, 'no/such/a'),
      /^the report does not exist, and neither does its folder: make the folder first\.$/,
    );
    refuses(join(folder, 'file/a'), /^the report cannot be written: a part of its path is a file/);
    refuses(join(folder, 'n'.repeat(300)), /^the report cannot be written: its name is too long\.$/);
    chmodSync(join(folder, 'protected'), 0o444);
    refuses(join(folder, 'protected'), /^the report is write-protected/);
    assert.equal(readFileSync(join(folder, 'protected'), 'utf8'), 'old');
  });

  it('keeps a link, and writes what it leads to, be it there or not', () => {
    const folder = folderOf({ 'real/a': 'old', '.git/HEAD': '' });
    symlinkSync('real/a', join(folder, 'link'));
    symlinkSync('link', join(folder, 'again'));
    symlinkSync('real/new', join(folder, 'dangling'));
    writeWhole(join(folder, 'again'), 'new');
    writeWhole(join(folder, 'dangling'), 'new');
    for (const name of ['link', 'again', 'dangling']) assert.ok(lstatSync(join(folder, name)).isSymbolicLink(), name);
    for (const name of ['a', 'new']) assert.equal(readFileSync(join(folder, 'real', name), 'utf8'), 'new');
    symlinkSync('loop', join(folder, 'loop'));
    refuses(join(folder, 'loop'), /is a link that leads to itself/);
  });

  it('does not follow a link of a repository out of it, whether a file or a folder leads out', () => {
    const outside = folderOf({ 'a.txt': 'old' });
    const folder = folderOf({ '.git/HEAD': '', 'deep/x': '' });
    symlinkSync(join(outside, 'a.txt'), join(folder, 'deep/report'));
    symlinkSync(join(outside, 'new.txt'), join(folder, 'dangling'));
    symlinkSync(outside, join(folder, 'out'));
    // A repository there must not make it look as if the link led nowhere else.
    mkdirSync(join(outside, '.git'));
    for (const name of ['deep/report', 'dangling', 'out/a.txt', 'out/new.txt']) {
      refuses(join(folder, name), /^the report is written through a link that leads out of its folder: name .* itself/);
    }
    assert.throws(() => makeFolder(join(folder, 'out/sub')), /leads out/);
    assert.equal(readFileSync(join(outside, 'a.txt'), 'utf8'), 'old');
    assert.deepEqual(readdirSync(outside).sort(), ['.git', 'a.txt']);
    // Where there is neither a repository nor the current folder, a link is the user's own.
    const mine = folderOf({});
    symlinkSync(join(outside, 'a.txt'), join(mine, 'report'));
    writeWhole(join(mine, 'report'), 'new');
    assert.equal(readFileSync(join(outside, 'a.txt'), 'utf8'), 'new');
  });

  describe('that is none', () => {
    before(function () {
      if (process.platform === 'win32') this.skip();
    });

    it('writes into a pipe, also through a link, and it is a pipe afterwards', async () => {
      const folder = folderOf({});
      spawnSync('mkfifo', [join(folder, 'pipe')]);
      symlinkSync('pipe', join(folder, 'link'));
      for (const name of ['pipe', 'link']) {
        const reader = spawn('cat', [join(folder, 'pipe')]);
        let got = '';
        reader.stdout.on('data', (data) => (got += data));
        const closed = new Promise((resolve) => reader.once('close', resolve));
        const text = 'long '.repeat(50_000);
        // The reader runs on its own while this process waits for it.
        writeWhole(join(folder, name), text);
        await closed;
        assert.equal(got, text);
        assert.ok(lstatSync(join(folder, 'pipe')).isFIFO());
      }
      assert.ok(lstatSync(join(folder, 'link')).isSymbolicLink());
    });

    it('gives a pipe up that nobody reads', () => {
      const folder = folderOf({});
      spawnSync('mkfifo', [join(folder, 'pipe')]);
      refuses(join(folder, 'pipe'), /^the report is a pipe that nobody reads\.$/);
      assert.ok(lstatSync(join(folder, 'pipe')).isFIFO());
    }).timeout(30_000);

    it('refuses a socket', async () => {
      const folder = folderOf({});
      const server = createServer().listen(join(folder, 'socket'));
      await new Promise((resolve) => server.once('listening', resolve));
      refuses(join(folder, 'socket'), /^the report is a device or a socket/);
      server.close();
      assert.ok(!existsSync(join(folder, 'socket.tmp')));
    });
  });
});
