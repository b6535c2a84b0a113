import type { Emulator } from '../emulator/emulator.ts';
import { type AuditTrail, createAuditTrail } from '../server/audit.ts';
import { startSweeper } from '../server/sweeper.ts';
import { announcePeople } from '../server/webhooks/people.ts';
import { startWebhookWorker } from '../server/webhooks/worker.ts';
import type { MeetingStore } from '../store/store.ts';
import type { ServerEnv } from './server-env.ts';

interface TrailOptions {
  readonly store: MeetingStore;
  readonly env: Pick<ServerEnv, 'auditKeepMs' | 'webhooks'>;
  readonly now: () => number;
  /** Told of what fails in the background. */
  readonly onFailure: (error: unknown) => void;
  readonly undo: (step: () => unknown) => void;
}

/** What a server keeps and tells of what happens: opened after the store, and closed before it. */
export function openTrail({ store, env, now, onFailure, undo }: TrailOptions): AuditTrail {
  const { auditKeepMs, webhooks } = env;
  if (auditKeepMs !== null) undo(startSweeper({ store, keepMs: auditKeepMs, now, onFailure }));
  if (!webhooks) return createAuditTrail({ store: store.audit, now });
  const worker = startWebhookWorker({ ...webhooks, outbox: store.outbox, now, onFailure });
  undo(() => worker.stop());
  const { receivers } = webhooks;
  return createAuditTrail({ store: store.audit, now, receivers, onEvents: worker.wake });
}

/** Tells the host application who joins and leaves, as far as the emulator knows. */
export function tellOfPeople(
  { trace, people }: Emulator,
  trail: AuditTrail,
  { store, onFailure, undo }: Pick<TrailOptions, 'store' | 'onFailure' | 'undo'>,
): void {
  undo(
    announcePeople({
      doors: {
        people,
        onChange: listener =>
          trace.subscribe(
            null,
            ({ kind, session }) => {
              if (kind === 'join' || kind === 'leave') listener(session);
            },
            { quiet: true },
          ),
      },
      announce: trail.announce,
      isMeeting: async sessionId => (await store.find(sessionId)) !== null,
      onFailure,
    }),
  );
}
