/** Lays out diagrams in a thread of its own, so that the language server goes on answering meanwhile. */
import { parentPort } from 'node:worker_threads';
import type { Diagram } from './diagram.js';
import { layout } from './layout.js';

parentPort?.on('message', async ({ id, diagram }: { id: number; diagram: Diagram }) => {
  try {
    parentPort?.postMessage({ id, drawing: await layout(diagram) });
  } catch (error) {
    parentPort?.postMessage({ id, fault: String(error) });
  }
});
