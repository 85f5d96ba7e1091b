import assert from 'node:assert/strict';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { folderWith } from '../../test/harness/folder.js';
import { workspaceFolderOf } from './find-files.js';

describe('the folder that a path belongs to', () => {
  it('is the nearest one above that is a repository or says that it is the root, else itself', () => {
    const folder = folderWith({ 'a/.incident-playbooks.yaml': 'root: true\n', 'a/b/x.yaml': '', 'c/d/x.yaml': '' });
    mkdirSync(join(folder, 'c/.git'));
    assert.equal(workspaceFolderOf(join(folder, 'a/b')), join(folder, 'a'));
    assert.equal(workspaceFolderOf(join(folder, 'c/d')), join(folder, 'c'));
    assert.equal(workspaceFolderOf(folder), folder);
    rmSync(folder, { recursive: true });
  });

  it('is the path itself where it is none of this machine', () => {
    for (const path of ['c:/src/a', 'c:', 'C:\\src\\a', '\\\\server\\share', '', '.', '..', 'a/b', 'file:///a']) {
      if (process.platform !== 'win32') assert.equal(workspaceFolderOf(path), path);
    }
    assert.equal(typeof workspaceFolderOf('//server/share/a'), 'string');
    assert.equal(typeof workspaceFolderOf('/no/such/folder/at/all'), 'string');
  });
});
