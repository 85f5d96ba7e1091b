import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, symlinkSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { folderWith } from '../../test/harness/folder.js';
import { environmentFor, gitProgram } from './run-git.js';

describe('git', () => {
  const name = process.platform === 'win32' ? 'git.exe' : 'git';
  const folder = folderWith({
    [`repository/${name}`]: '',
    [`repository/bin/${name}`]: '',
    [`repository/sub/.git/HEAD`]: '',
    'repository/.git/HEAD': '',
    [`other/node_modules/.bin/${name}`]: '',
    [`plain/${name}`]: '',
    [`folder/${name}/x`]: '',
    [`right/${name}`]: '',
  });
  for (const one of ['repository', 'repository/bin', 'other/node_modules/.bin', 'right']) {
    chmodSync(join(folder, one, name), 0o755);
  }
  mkdirSync(join(folder, 'linked'));
  symlinkSync(join(folder, 'repository/bin', name), join(folder, 'linked', name));
  const right = join(folder, 'right', name);
  const at = (...entries: string[]) => gitProgram(join(folder, 'repository/sub'), entries.join(delimiter));

  it('is never taken from the repository, a relative entry, the scripts of packages, or a link into the repository', () => {
    const wrong = ['', '.', 'bin', '..', 'repository', 'repository/bin', 'other/node_modules/.bin', 'linked'];
    const entries = wrong.map((one) => (one.includes('/') || /^[rl]/.test(one) ? join(folder, one) : one));
    assert.equal(at(...entries), undefined);
    assert.equal(at(...entries, join(folder, 'right')), right);
  });

  it('is a program, and no folder', () => {
    assert.equal(at(join(folder, 'nowhere'), join(folder, 'folder'), join(folder, 'right')), right);
    if (process.platform !== 'win32') assert.equal(at(join(folder, 'plain'), join(folder, 'right')), right);
  });

  it('hears nothing of what steers it, but whom the user trusts', () => {
    const kept = environmentFor('/r/repository', {
      HOME: '/home/me',
      GIT_DIR: '/elsewhere',
      git_external_diff: 'evil',
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: 'core.fsmonitor',
      GIT_CONFIG_PARAMETERS: "'core.fsmonitor'='evil'",
      GIT_SSH: 'evil',
      GIT_EXEC_PATH: '/evil',
      GIT_TRACE: '/evil',
      GIT_CONFIG_GLOBAL: '/home/me/config',
    });
    const { HOME, GIT_CONFIG_GLOBAL, GIT_CEILING_DIRECTORIES, GIT_ALLOW_PROTOCOL, ...rest } = kept;
    assert.deepEqual([HOME, GIT_CONFIG_GLOBAL, GIT_CEILING_DIRECTORIES], ['/home/me', '/home/me/config', '/r']);
    assert.equal(GIT_ALLOW_PROTOCOL, 'none');
    assert.doesNotMatch(JSON.stringify(rest), /evil|elsewhere/);
  });
});
