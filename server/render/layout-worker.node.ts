/** Lays out diagrams in a thread of its own, so that the language server goes on answering meanwhile. */
import { parentPort } from 'node:worker_threads';
import type { Diagram } from './diagram.js';
import { type LayoutOptions, layout } from './layout.js';

interface LayoutRequest {
  readonly id: number;
  readonly diagram: Diagram;
  readonly options: LayoutOptions;
}

parentPort?.on('message', async ({ id, diagram, options }: LayoutRequest) => {
  try {
    parentPort?.postMessage({ id, drawing: await layout(diagram, options) });
  } catch (error) {
    parentPort?.postMessage({ id, fault: String(error) });
  }
});
