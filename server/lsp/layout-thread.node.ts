/** Lays out diagrams in a worker thread, which starts when the first drawing is asked for. */
import { Worker } from 'node:worker_threads';
import type { Drawing } from '../render/drawing.js';
import type { Host } from './host.js';

interface Waiting {
  readonly resolve: (drawing: Drawing) => void;
  readonly reject: (error: Error) => void;
}

type Answer = { readonly id: number } & ({ readonly drawing: Drawing } | { readonly fault: string });

/** Takes the path of the worker's bundle. Gives how to lay out a diagram. */
export function layoutThread(bundle: string): Host['layout'] {
  const waiting = new Map<number, Waiting>();
  let worker: Worker | undefined;
  let lastId = 0;

  function start(): Worker {
    const started = new Worker(bundle);
    started.unref();
    started.on('message', (answer: Answer) => {
      const one = waiting.get(answer.id);
      waiting.delete(answer.id);
      if ('drawing' in answer) one?.resolve(answer.drawing);
      else one?.reject(new Error(answer.fault));
    });
    const end = (error: Error) => {
      worker = undefined;
      for (const one of waiting.values()) one.reject(error);
      waiting.clear();
    };
    started.on('error', end);
    started.on('exit', (code) => end(new Error(`The layout thread ended (${code}).`)));
    return started;
  }

  return (diagram, options = {}) =>
    new Promise((resolve, reject) => {
      worker ??= start();
      const id = ++lastId;
      waiting.set(id, { resolve, reject });
      worker.postMessage({ id, diagram, options });
    });
}
