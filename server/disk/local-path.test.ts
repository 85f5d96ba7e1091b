import assert from 'node:assert/strict';
import { posix, win32 } from 'node:path';
import { canonicalPath, localPath } from './local-path.js';

describe('the path that a URI names', () => {
  it('is that of this machine', () => {
    assert.equal(localPath('file:///src/a%20b.yaml', 'linux'), '/src/a b.yaml');
    assert.equal(localPath('file://localhost/src/a.yaml', 'darwin'), '/src/a.yaml');
    assert.equal(localPath('file:///c%3A/src/a.yaml', 'win32'), 'c:\\src\\a.yaml');
    assert.equal(localPath('file:///C:/src/a.yaml', 'win32'), 'C:\\src\\a.yaml');
    assert.equal(localPath('file://server/share/a.yaml', 'win32'), '\\\\server\\share\\a.yaml');
  });

  it('is none where it means another machine', () => {
    for (const uri of ['file:///C:/src/a.yaml', 'file:///c%3A/src/a.yaml', 'file://server/share/a.yaml']) {
      assert.equal(localPath(uri, 'linux'), undefined, uri);
    }
    assert.equal(localPath('file:///src/a.yaml', 'win32'), undefined);
  });

  it('is none where it is no path of a file', () => {
    for (const uri of ['git:/src/a.yaml', 'untitled:Untitled-1', 'file:///src/a%00.yaml']) {
      assert.equal(localPath(uri, 'linux'), undefined, uri);
    }
  });
});

describe('the one name of a file', () => {
  /** A file system that takes letters of either case for the same, and a link to a folder. */
  const onDisk = ['C:\\Users\\Priya Shah\\Playbooks', 'C:\\Users\\Priya Shah', 'C:\\Users', 'C:\\'];
  const realPath = (named: string) =>
    onDisk.find((path) => path.toLowerCase() === named.replace(/PRIYAS~1/i, 'Priya Shah').toLowerCase());

  it('does not depend on the case of letters, or on short names', () => {
    const expected = 'C:\\Users\\Priya Shah\\Playbooks';
    for (const named of ['c:\\users\\priya shah\\playbooks', 'C:\\USERS\\PRIYAS~1\\PLAYBOOKS', expected]) {
      assert.equal(canonicalPath(named, realPath, win32), expected, named);
    }
  });

  it('is known of a file that does not exist yet, by the folders above it', () => {
    assert.equal(
      canonicalPath('c:\\users\\PRIYAS~1\\new\\a.yaml', realPath, win32),
      'C:\\Users\\Priya Shah\\new\\a.yaml',
    );
  });

  it('is found, or given up, for every path', () => {
    for (const named of ['', '.', 'c:', 'c:/src/a.yaml', '..', '//server/share', '/']) {
      assert.equal(typeof canonicalPath(named, () => undefined, posix), 'string');
      assert.equal(typeof canonicalPath(named, () => undefined, win32), 'string');
    }
  });
});
