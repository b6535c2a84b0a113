// The parent's side of serve.mjs.
import { fork } from 'node:child_process';

/** Starts a process that answers; `stop` ends it. */
export function startProcess(path) {
  const child = fork(path, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  return {
    ask: (ask, details) =>
      new Promise((resolve, reject) => {
        child.once('message', ({ answer, error }) => (error ? reject(new Error(error)) : resolve(answer)));
        child.send({ ask, ...details });
      }),
    stop: () => child.disconnect(),
  };
}
