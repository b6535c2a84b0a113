import { createMeeting, type SmokeMeeting } from '../doors/meetings.ts';
import type { House } from '../scene.ts';
import type { Session } from '../venue.ts';
import type { Stage } from './scenario.ts';

type Place = Pick<Stage, 'scene' | 'venue'>;

/** Why a scenario that moves our own server's meetings about cannot be tried; null when it can. */
export function needsHouse({ venue }: Place): string | null {
  return venue.house ? null : "it needs meetings of meet's own server, and this page has its own";
}

/** As `needsHouse`, for what only the emulator can do. */
export function needsEmulator(place: Place): string | null {
  if (place.scene.options.backend === 'cloud')
    return "it needs the emulator; CometChat's cloud does as it likes";
  return needsHouse(place);
}

/** Our own server; `unfit` has seen to it that there is one. */
export function houseOf({ venue }: Pick<Stage, 'venue'>): House {
  if (venue.house) return venue.house;
  throw new Error('a scenario without a house asks for one');
}

/** A new meeting with such fields, as for `POST /api/meetings`, and the way into it: everybody's uid is the name. */
export async function openMeeting(
  stage: Pick<Stage, 'venue'>,
  body: object = {},
): Promise<{ meeting: SmokeMeeting; session: Session }> {
  const { api, server } = houseOf(stage);
  const meeting = await createMeeting(api, server.adminKey, { title: 'meet smoke', ...body });
  return { meeting, session: { id: meeting.sessionId, linkFor: name => withUid(meeting.url, name) } };
}

function withUid(link: string, uid: string): string {
  const url = new URL(link);
  url.searchParams.set('as', uid);
  return url.href;
}
