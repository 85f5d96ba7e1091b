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
vim.wait(30000, function() return #vim.diagnostic.get(0) > 10 end, 100)
for _, found in ipairs(vim.diagnostic.get(0)) do print((found.lnum + 1) .. ' ' .. found.message) end
local function ask(method, line, text, more)
  local column = vim.api.nvim_buf_get_lines(0, line - 1, line, false)[1]:find(text, 1, true)
  vim.api.nvim_win_set_cursor(0, { line, column })
  local params = vim.tbl_extend('force', vim.lsp.util.make_position_params(), more or {})
  local answers = vim.lsp.buf_request_sync(0, method, params, 5000)
  local _, answer = next(answers or {})
  print('ANSWER ' .. method .. ' ' .. vim.fn.json_encode((answer or {}).result or vim.NIL))
end
ask('textDocument/hover', 145, 'hr-director')
ask('textDocument/completion', 145, 'hr-director')
ask('textDocument/rename', 141, 'suspend', { newName = 'suspend-person' })
ask('textDocument/codeAction', 146, 'genral', {
  range = { start = { line = 145, character = 16 }, ['end'] = { line = 145, character = 16 } },
  context = { diagnostics = {} },
})
vim.cmd('qa!')
`;

describe('Neovim', () => {
  it('shows the findings, explains, completes, renames and repairs', function () {
    this.timeout(60_000);
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
        timeout: 50_000,
      },
    );
    rmSync(folder, { recursive: true });
    assert.match(stdout + stderr, /308 No file defines the service "hr-payrol": did you mean "hr-payroll"\?/);
    const answer = (method: string) => {
      const line = (stdout + stderr).split('\n').find((one) => one.startsWith(`ANSWER textDocument/${method} `)) ?? '';
      return line.slice(line.indexOf(' ', 'ANSWER '.length) + 1);
    };
    assert.match(answer('hover'), /Held by Gwen Pritchard/);
    assert.match(answer('completion'), /"label": ?"general-counsel"/);
    assert.equal(answer('rename').match(/"newText": ?"suspend-person"/g)?.length, 2);
    assert.match(answer('codeAction'), /Change to \\"general-counsel\\"/);
  });
});
