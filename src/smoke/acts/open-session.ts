import { MeetError } from '../../core/errors.ts';
import { redactText } from '../evidence/redact.ts';
import { smokeFailure } from '../phase.ts';
import { type Scene, SECOND } from '../scene.ts';
import type { Session, Venue } from '../venue.ts';

/** Where people meet. A config's `createSession` is code of the user's, which may fail or hang: a phase of its own says so. */
export async function openSession({ runner, options }: Scene, venue: Venue): Promise<Session> {
  if (!options.page?.createSession) return venue.openSession();
  return runner.run({
    name: 'create',
    limitMs: 20 * SECOND,
    async work() {
      const session = await venue.openSession().catch(error => {
        throw describeFailure(error);
      });
      return { value: session, detail: 'createSession made a session' };
    },
    explain: async () => 'createSession came to no end',
  });
}

/** One line: what fetch says of itself ("fetch failed") is told by its cause alone. */
function describeFailure(error: unknown): MeetError {
  if (error instanceof MeetError) return error;
  const [line = ''] = wordsOf(error).split('\n', 1);
  return smokeFailure(`createSession failed: ${redactText(line)}`);
}

function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { message, cause } = error;
  const reason = cause instanceof Error ? cause.message || (cause as NodeJS.ErrnoException).code : undefined;
  return reason ? `${message} (${reason})` : message;
}
