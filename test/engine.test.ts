/** The engine needs nothing but the language: it is bundled for no platform at all, and run without Node's globals. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { build } from 'esbuild';
import { root } from './harness/paths.js';

describe('the engine', () => {
  it('runs where there is no Node: no modules, no process, no file system', async () => {
    const { outputFiles } = await build({
      stdin: {
        contents: `
          import { check } from './server/check/check.js';
          import { Snapshot } from './server/workspace/snapshot.js';
          const text = 'format: playbook/v1\\nid: a\\ntitle: A\\nseverity: low\\naccountable: x\\nsteps:\\n  - id: s\\n    instructions: y\\n    impacts: none\\n';
          const snapshot = Snapshot.empty(0).with({ files: new Map([['file:///a.yaml', text]]) });
          result = check(snapshot, 'file:///a.yaml').map(({ rule }) => rule).sort().join(' ');
        `,
        resolveDir: root,
      },
      bundle: true,
      platform: 'browser',
      format: 'iife',
      write: false,
      absWorkingDir: join(root),
    });
    // What a browser's worker has beside the language itself, and yaml asks for.
    const context = createContext({ result: '', console });
    runInContext(outputFiles[0]?.text ?? '', context);
    assert.equal(context['result'], 'containment-missing done-criteria-missing role-undefined step-owner-missing');
  });
});
