import assert from 'node:assert/strict';
import { fileBehind, normalizedUri } from './uris.js';

describe('URIs of clients', () => {
  it('have one spelling', () => {
    const same = [
      'file:///C:/src/a-b.yaml',
      'file:///c:/src/a-b.yaml',
      'file:///c%3A/src/a%2Db.yaml',
      'FILE:///c%3a/src/a-b.yaml',
    ];
    assert.deepEqual([...new Set(same.map(normalizedUri))], ['file:///c%3A/src/a-b.yaml']);
    const shares = ['file:////server/share/a.yaml', 'file://server/share/a.yaml', 'file://///server/share/a.yaml'];
    assert.deepEqual([...new Set(shares.map(normalizedUri))], ['file://server/share/a.yaml']);
  });

  it('may be paths', () => {
    for (const path of ['C:\\src\\a.yaml', 'c:/src/a.yaml'])
      assert.equal(normalizedUri(path), 'file:///c%3A/src/a.yaml');
    assert.equal(normalizedUri('\\\\server\\share\\a.yaml'), 'file://server/share/a.yaml');
    assert.equal(normalizedUri('/src/a b.yaml'), 'file:///src/a%20b.yaml');
  });

  it('may be none at all', () => {
    for (const uri of [
      '',
      ':',
      ':::',
      'b.yaml',
      'file:///\ud800.yaml',
      'file:',
      'a b:c',
      '//',
      '%',
      'file:///%E0%A4',
      'git:',
      `file:///${'a'.repeat(100_000)}`,
    ]) {
      const normalized = normalizedUri(uri);
      assert.equal(normalizedUri(normalized), normalized, uri);
      decodeURIComponent(normalized);
      fileBehind(normalized, { roots: [], canonical: (same) => same, isKnown: () => false });
    }
  });
});

describe('a text that is not a file of the workspace', () => {
  const roots = ['file:///ws/', 'memfs:/lab/'];
  const known = 'file:///ws/playbooks/a.yaml';
  const stands = (uri: string, ours = roots) =>
    fileBehind(normalizedUri(uri), {
      roots: ours,
      canonical: (one) => one.replace('file:///link/', 'file:///ws/'),
      isKnown: (one) => one === known,
    });
  const json = (value: object) => encodeURIComponent(JSON.stringify(value));
  const base64 = (value: object) => encodeURIComponent(Buffer.from(JSON.stringify(value)).toString('base64'));

  it('stands for the file that its URI names, whichever extension made it', () => {
    const uris = {
      'git in VS Code': `git:/ws/playbooks/a.yaml?${json({ path: '/ws/playbooks/a.yaml', ref: '~' })}`,
      'git, with the path in the query alone': `git:/a.yaml.git?${json({ path: '/ws/playbooks/a.yaml', ref: 'HEAD' })}`,
      'git, through a link': `git:/link/playbooks/a.yaml?${json({ path: '/link/playbooks/a.yaml', ref: '' })}`,
      'a pull request': `review:/ws/playbooks/a.yaml?${json({ path: 'playbooks/a.yaml', rootPath: '/ws', ref: 'main' })}`,
      'a pull request of another branch': `pr:/playbooks/a.yaml?${json({ fileName: 'playbooks/a.yaml', prNumber: 7 })}`,
      'local history': `vscode-local-history:/ws/playbooks/a.yaml?${json({ location: 'file:///home/p/History/1/x.yaml', associatedResource: 'file:///ws/playbooks/a.yaml' })}`,
      gitlens: `gitlens://7b22/ws/playbooks/a.yaml?${json({ ref: 'e83c516' })}`,
      'git-graph': `git-graph://file/a.yaml?${base64({ filePath: 'playbooks/a.yaml', commit: 'e83c516', repo: '/ws' })}`,
      subversion: 'svn:/ws/playbooks/a.yaml?action=SHOW&path=%2Fws%2Fplaybooks%2Fa.yaml',
      'a merge conflict': `merge-conflict.conflict-diff:/ws/playbooks/a.yaml?${json({ scheme: 'file', ranges: [[1, 2]] })}`,
      'a file that was not saved': 'untitled:/ws/playbooks/a.yaml',
      fugitive: 'fugitive:///ws/.git//e83c516/playbooks/a.yaml',
      'fugitive, staged': 'fugitive:///ws/.git//0/playbooks/a.yaml',
      'fugitive, in a worktree': 'fugitive:///main/.git/worktrees/ws//0/playbooks/a.yaml',
      diffview: 'diffview:///ws/.git/e83c516/playbooks/a.yaml',
      'diffview, staged': 'diffview:///ws/.git/:0:/playbooks/a.yaml',
      gitsigns: 'gitsigns:///ws/.git//HEAD~1:playbooks/a.yaml',
    };
    for (const [name, uri] of Object.entries(uris)) assert.equal(stands(uri), known, name);
  });

  it('stands for a file of a drive of Windows as well', () => {
    const uri = `git:/c%3A/ws/a.yaml?${json({ path: 'C:\\ws\\a.yaml', ref: '~' })}`;
    assert.equal(stands(uri, ['file:///c%3A/ws/']), 'file:///c%3A/ws/a.yaml');
  });

  it('stands for a file of a virtual workspace', () => {
    assert.equal(stands(`git:/lab/b.yaml?${json({ path: '/lab/b.yaml', ref: '' })}`), 'memfs:/lab/b.yaml');
  });

  it('stands in the first folder where it has only a name, and outside where it says so', () => {
    assert.equal(stands('untitled:Untitled-1'), 'file:///ws/Untitled-1');
    assert.equal(stands('untitled:Untitled-1', []), 'file:///Untitled-1');
    assert.equal(
      stands(`git:/elsewhere/b.yaml?${json({ path: '/elsewhere/b.yaml', ref: '~' })}`),
      'file:///elsewhere/b.yaml',
    );
  });
});
