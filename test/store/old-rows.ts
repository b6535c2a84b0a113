import { aMeeting, NOW } from '../core/fixtures.ts';

/** The meeting that every released schema can have, in words that the first one knew. */
export const OLD_MEETING = `insert into meetings (session_id, strategy, origin, title, access, allowed_uids, key,
    created_at, starts_at, expires_at, ended_at, access_version)
  values ('room-42', 'stable', '{"strategy":"stable","prefix":"room","id":"42"}', 'room 42', 'link', '[]',
    'the-right-key', ${aMeeting().createdAt}, null, ${aMeeting().expiresAt}, null, 3)`;

/** The first schema with an outbox. */
export const OUTBOX_SINCE = 8;

/** An event that was given up, as an older server has left it. */
export const OLD_MESSAGE = `insert into outbox (id, event_id, type, session_id, receiver, host, body, created_at, due_at,
    attempts, reason)
  values ('1aaa', 'msg_1', 'meeting.created', 'room-42', 'aaa', 'a.example', '{}', ${NOW}, null, 15, 'answered 500')`;

export const OLD_MESSAGE_NOW = {
  id: '1aaa',
  eventId: 'msg_1',
  type: 'meeting.created',
  sessionId: 'room-42',
  receiver: 'aaa',
  host: 'a.example',
  body: '{}',
  createdAt: NOW,
  dueAt: NOW + 9,
  attempts: 0,
  reason: 'answered 500',
  retriedAt: NOW + 9,
};
