/** Another editor with a client of its own: Neovim, where it is installed. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { folderWith } from './harness/folder.js';
import { cli, samples } from './harness/paths.js';

const SCRIPT = `
local config = { name = 'incident_playbooks', cmd = { '${process.execPath}', '${cli}', 'lsp', '--stdio' }, root_dir = '${samples}' }
if vim.lsp.start then vim.lsp.start(config) else vim.lsp.buf_attach_client(0, vim.lsp.start_client(config)) end
vim.wait(8000, function() return #vim.diagnostic.get(0) > 10 end, 100)
for _, found in ipairs(vim.diagnostic.get(0)) do print((found.lnum + 1) .. ' ' .. found.message) end
vim.cmd('qa!')
`;

describe('Neovim', () => {
  it('shows the findings', function () {
    this.timeout(20_000);
    if (spawnSync('nvim', ['--version']).error) {
      console.log('      skipped: nvim is not installed');
      this.skip();
    }
    const folder = folderWith({});
    writeFileSync(join(folder, 'check.lua'), SCRIPT);
    const file = join(samples, 'playbooks/insider.incident-playbook.yaml');
    const { stdout, stderr } = spawnSync(
      'nvim',
      ['--headless', '-u', 'NONE', file, '-c', `luafile ${join(folder, 'check.lua')}`],
      {
        encoding: 'utf8',
        timeout: 15_000,
      },
    );
    rmSync(folder, { recursive: true });
    assert.match(stdout + stderr, /308 No file defines the service "hr-payrol": did you mean "hr-payroll"\?/);
  });
});
