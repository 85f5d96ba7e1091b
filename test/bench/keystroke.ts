/** Measures the language server as an editor sees it: from a keystroke to its diagnostics, and to a new drawing. */
import { pathToFileURL } from 'node:url';
import { DRAWING_REQUEST, type DrawingResult } from '../../server/lsp/messages.js';
import { folderWith } from '../harness/folder.js';
import { LanguageClient } from '../harness/language-client.js';
import { generatePlaybook } from './generate-playbook.js';

const RUNS = 30;
const median = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
const p95 = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length * 0.95)] ?? 0;
const rows: string[] = [];

async function measure(): Promise<void> {
  for (const steps of [10, 100, 1000]) {
    const folder = folderWith({});
    const uri = pathToFileURL(`${folder}/a.incident-playbook.yaml`).href;
    let text = generatePlaybook(steps);
    const startedAt = performance.now();
    const client = await LanguageClient.start(folder, { pull: true });
    await client.open(uri, text);
    await client.pull(uri);
    const cold = performance.now() - startedAt;
    const keystrokes: number[] = [];
    const marks: number[] = [];
    const draw = (known: number | null) =>
      client.connection.sendRequest<DrawingResult>(DRAWING_REQUEST, { uri, known });
    const drawStarted = performance.now();
    let { id } = await draw(null);
    const firstDrawing = performance.now() - drawStarted;
    for (let run = 0; run < RUNS; run++) {
      const at = text.indexOf('note host', Math.floor(text.length / 2));
      text = `${text.slice(0, at)}x${text.slice(at)}`;
      const started = performance.now();
      await client.change(uri, text);
      await client.pull(uri);
      keystrokes.push(performance.now() - started);
      const asked = performance.now();
      const answer = await draw(id ?? null);
      marks.push(performance.now() - asked);
      id = answer.id;
    }
    rows.push(
      `| ${steps} | ${Math.round(text.length / 1024)} kB | ${cold.toFixed(0)} ms | ${median(keystrokes).toFixed(1)} ms | ${p95(keystrokes).toFixed(1)} ms | ${median(marks).toFixed(1)} ms | ${firstDrawing.toFixed(0)} ms |`,
    );
    await client.stop();
  }

  console.log(
    '| steps | text | spawn to first diagnostics | keystroke to diagnostics, median | 95th percentile | preview after a keystroke | first drawing |',
  );
  console.log('| --- | --- | --- | --- | --- | --- | --- |');
  console.log(rows.join('\n'));
}

measure().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
