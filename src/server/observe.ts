import type { CometChatClient } from '../cometchat/client.ts';
import type { MeetingStore } from '../store/store.ts';
import type { AuditTrail } from './audit.ts';

/** Does something that another part or another machine has to answer, and notes how that went. */
export type Observe = <T>(part: 'store' | 'cometchat', name: string, work: () => Promise<T>) => Promise<T>;

const STORE_CALLS = ['create', 'find', 'list', 'count', 'update'] as const;
const CLIENT_CALLS = ['createAuthToken', 'createCallToken'] as const;

/** The same store, observed. */
export function observeStore(store: MeetingStore, observe: Observe): MeetingStore {
  return observeCalls(store, STORE_CALLS, (name, work) => observe('store', name, work));
}

/** The same trail, observed: an answer waits until its row is stored. */
export function observeAudit(trail: AuditTrail, observe: Observe): AuditTrail {
  return observeCalls(trail, ['record'], (_, work) => observe('store', 'audit', work));
}

/** The same client, observed. */
export function observeClient(client: CometChatClient, observe: Observe): CometChatClient {
  return observeCalls(client, CLIENT_CALLS, (name, work) => observe('cometchat', name, work));
}

function observeCalls<T extends object>(
  part: T,
  names: readonly (keyof T & string)[],
  around: <R>(name: string, work: () => Promise<R>) => Promise<R>,
): T {
  const wrapped = names.map(name => {
    // Looked up when it is called, as it would be without us.
    const call = (args: unknown[]) => (part[name] as (...args: unknown[]) => Promise<unknown>)(...args);
    return [name, (...args: unknown[]) => around(name, () => call(args))];
  });
  return { ...part, ...Object.fromEntries(wrapped) };
}

/** What went wrong, as a word of a closed set: a message may hold anything. */
export function outcomeOf(error: unknown): string {
  const isExpected = error instanceof Error && error.name === 'MeetError' && 'code' in error;
  return isExpected ? String(error.code) : 'INTERNAL';
}
