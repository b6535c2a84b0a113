import { Worker } from 'node:worker_threads';
import { beforeEach, expect } from 'vitest';

/**
 * Vitest's limits are timers of the process that runs the tests: where code of a test never comes back, none of them fires,
 * and the run never ends. A thread beside it sees that no second passes there, and ends the process; the run goes on
 * with the next file.
 */
const beats = new Int32Array(new SharedArrayBuffer(4));
const seconds = Number(process.env.MEET_TEST_BUSY_SECONDS ?? 60);
const thread = new Worker(new URL('./thread.mjs', import.meta.url), { workerData: { beats, seconds } });
thread.unref();
setInterval(() => Atomics.add(beats, 0, 1), 250).unref();

const { testPath } = expect.getState();
thread.postMessage(testPath);
beforeEach(({ task }) => thread.postMessage(`${testPath} > ${task.name}`));
