import { aMeeting } from '../core/fixtures.ts';

/** The meeting that every released schema can have, in words that the first one knew. */
export const OLD_MEETING = `insert into meetings (session_id, strategy, origin, title, access, allowed_uids, key,
    created_at, starts_at, expires_at, ended_at, access_version)
  values ('room-42', 'stable', '{"strategy":"stable","prefix":"room","id":"42"}', 'room 42', 'link', '[]',
    'the-right-key', ${aMeeting().createdAt}, null, ${aMeeting().expiresAt}, null, 3)`;
