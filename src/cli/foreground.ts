import type { Context } from './context.ts';
import { EXIT_FAILED, EXIT_OK } from './exit-codes.ts';
import { catchInterruption } from './interruption.ts';

interface Stoppable {
  stop(): Promise<void>;
}

/**
 * Starts something, does `work` with it, and stays until somebody stops the process, unless the work tells 'over'; a second
 * signal does not wait for the end. Gives the exit code, and rethrows what `start` and `work` throw.
 */
export async function stayInForeground<T extends Stoppable>(
  { notes }: Context,
  start: () => Promise<T>,
  work: (started: T) => Promise<unknown>,
): Promise<number> {
  // Before the start: whoever stops us on the way must not leave an announcement or a lock behind.
  const { signal, release } = catchInterruption(EXIT_FAILED);
  const interrupted = new Promise(resolve => signal.addEventListener('abort', resolve, { once: true }));
  try {
    const started = await start();
    try {
      await Promise.race([
        interrupted,
        work(started).then(outcome => (outcome === 'over' ? outcome : interrupted)),
      ]);
      notes.line(notes.style('dim', 'Stopping; again to force.'));
    } finally {
      await started.stop();
    }
    return EXIT_OK;
  } finally {
    release();
  }
}
