import { parseLink } from '../core/links.ts';
import type { Meeting } from '../core/meeting.ts';
import { type MeetingStore, openStore } from '../store/store.ts';
import type { Context } from './context.ts';
import { noMeeting } from './no-meeting.ts';

/** Runs with the store of the project, in its data folder or in a database of many; closes it whatever happens. */
export async function withStore<T>(
  { folder, settings }: Context,
  run: (store: MeetingStore) => Promise<T>,
): Promise<T> {
  if (!settings.database) folder.prepare();
  const store = await openStore(settings.database ?? { file: folder.storeFile });
  try {
    return await run(store);
  } finally {
    await store.close();
  }
}

/** The meeting that an id or a pasted link names. Throws `BAD_ID`, `MEETING_NOT_FOUND`. */
export async function findMeeting(store: MeetingStore, link: string): Promise<Meeting> {
  const { sessionId } = parseLink(link);
  const meeting = await store.find(sessionId);
  if (meeting) return meeting;
  throw noMeeting(sessionId);
}

/** Where `meet serve` listens unless told otherwise. */
const DEFAULT_URL = 'http://localhost:4680';

/** What links start with: `MEET_URL`, else the running server's address, else where one will be. */
export function baseUrl({ settings, folder }: Context): string {
  return settings.url ?? folder.runningServer()?.url ?? DEFAULT_URL;
}
