import { writeSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';

const { beats, seconds } = workerData;
let running = 'a test file';
let last = -1;
// Own ticks, not the clock: a machine that slept shall cost nobody a test.
let still = 0;

parentPort.on('message', name => {
  running = name;
});
setInterval(() => {
  const beat = Atomics.load(beats, 0);
  still = beat === last ? still + 1 : 0;
  last = beat;
  if (still < seconds) return;
  writeSync(2, `\nbusy for ${seconds} s without a pause, and ended: ${running}\n`);
  process.kill(process.pid, 'SIGKILL');
}, 1000);
