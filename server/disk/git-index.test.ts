import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { folderWith } from '../../test/harness/folder.js';
import { git } from '../../test/harness/git.js';
import { indexOf } from './git-index.js';

describe("git's index", () => {
  const folders: string[] = [];
  const repository = (...options: string[]) => {
    const names = ['a.yaml', 'ab/c.yaml', 'ab/cd/e.yaml', `${'deep/'.repeat(40)}f.yaml`, 'é ü/g.yaml'];
    const folder = folderWith(Object.fromEntries(names.map((name) => [name, name])));
    folders.push(folder);
    git(folder, 'init', '-q', ...options);
    git(folder, 'add', '-A');
    return folder;
  };
  const pathsIn = (folder: string) => indexOf(folder)?.map(({ path }) => path);
  const listed = (folder: string) => git(folder, 'ls-files', '-z').split('\0').filter(Boolean);
  after(() => {
    for (const folder of folders) rmSync(folder, { recursive: true });
  });

  it('is read in each of its versions', () => {
    for (const version of ['2', '3', '4']) {
      const folder = repository();
      writeFileSync(join(folder, 'later.yaml'), '');
      if (version === '3') git(folder, 'add', '-N', 'later.yaml');
      else git(folder, 'update-index', '--index-version', version);
      assert.deepEqual(pathsIn(folder), listed(folder), version);
      assert.ok(listed(folder).length >= 5);
    }
  });

  it('is read with longer hashes, with extensions, and beside another work tree', () => {
    const long = repository('--object-format=sha256');
    assert.deepEqual(pathsIn(long), listed(long));
    const folder = repository();
    git(folder, 'commit', '-qm', 'First');
    git(folder, 'status');
    assert.deepEqual(pathsIn(folder), listed(folder));
    const beside = join(folderWith({}), 'tree');
    folders.push(beside);
    git(folder, 'worktree', 'add', '-q', beside);
    assert.deepEqual(pathsIn(beside), listed(folder));
  });

  it('says what a sparse work tree leaves out', () => {
    const folder = repository();
    git(folder, 'commit', '-qm', 'First');
    git(folder, 'update-index', '--skip-worktree', 'ab/c.yaml');
    assert.deepEqual(
      indexOf(folder)?.filter(({ isSparse }) => isSparse),
      [{ path: 'ab/c.yaml', isSparse: true }],
    );
  });

  it('is not guessed at where it is split in two, damaged, or cut off', () => {
    const split = repository();
    git(split, 'update-index', '--split-index');
    assert.equal(indexOf(split), undefined);
    const damaged = repository();
    for (const bytes of ['', 'DIRC', `DIRC\0\0\0\x02\xff\xff\xff\xff${'x'.repeat(500)}`, 'x'.repeat(100)]) {
      writeFileSync(join(damaged, '.git/index'), bytes, 'latin1');
      assert.equal(indexOf(damaged), undefined, JSON.stringify(bytes.slice(0, 20)));
    }
    assert.deepEqual(indexOf(folderWith({ '.git': 'gitdir: nowhere\n' })), []);
  });
});
