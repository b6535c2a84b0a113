import type { Context } from './context.ts';
import { EXIT_FAILED, EXIT_OK } from './exit-codes.ts';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

interface Stoppable {
  stop(): Promise<void>;
}

/**
 * Starts something, does `work` with it, and stays until somebody stops the process; a second signal does not wait for
 * the end. Gives the exit code, and rethrows what `start` and `work` throw.
 */
export async function stayInForeground<T extends Stoppable>(
  { notes }: Context,
  start: () => Promise<T>,
  work: (started: T) => Promise<void>,
): Promise<number> {
  // Before the start: whoever stops us on the way must not leave an announcement or a lock behind.
  const signals = listenForSignals();
  try {
    const started = await start();
    try {
      await Promise.race([signals.first, work(started).then(() => signals.first)]);
      notes.line(notes.style('dim', 'Stopping; again to force.'));
    } finally {
      await started.stop();
    }
    return EXIT_OK;
  } finally {
    signals.dispose();
  }
}

function listenForSignals(): { first: Promise<void>; dispose: () => void } {
  let onSignal = () => {};
  const listen = () => onSignal();
  const first = new Promise<void>(resolve => {
    onSignal = () => {
      onSignal = () => process.exit(EXIT_FAILED);
      resolve();
    };
  });
  for (const signal of SIGNALS) process.on(signal, listen);
  return {
    first,
    dispose() {
      for (const signal of SIGNALS) process.off(signal, listen);
    },
  };
}
