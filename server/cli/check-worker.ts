/** A thread that checks a share of the files. */
import { parentPort, workerData } from 'node:worker_threads';
import { snapshotOf } from './gather.js';
import { inspectFiles, type ThreadTask } from './inspect-all.js';

const task = workerData as ThreadTask;
parentPort?.postMessage(inspectFiles(snapshotOf(task, task.today), task));
