import type { ErrorCode } from '../../core/errors.ts';
import type { HttpCode } from '../statuses.ts';

/** What the document says of a route beyond its schema. */
export interface OperationNotes {
  /** The name of the client's function for it. */
  readonly id: string;
  /** What it refuses with, beside what `refusalsOf` knows of all routes of its kind. */
  readonly refusals?: readonly (ErrorCode | HttpCode)[];
  /** The types of an answer that is no JSON. */
  readonly types?: readonly string[];
  /** Does not ask the store, which then cannot fail it. */
  readonly storeless?: true;
}

const CREATING = ['BAD_TIME', 'BAD_ZONE', 'BAD_DURATION', 'MEETING_ENDED'] as const;
const DOOR = ['MEETING_NOT_FOUND', 'NOT_ALLOWED', 'REMOVED', 'MEETING_EXPIRED', 'MEETING_ENDED'] as const;
const REMOVING = ['MEETING_NOT_FOUND', 'NOT_ALLOWED', 'REMOVED'] as const;
const JOINING = [...DOOR, 'MEETING_NOT_STARTED'] as const;
const STREAM = ['text/event-stream', 'application/x-ndjson'] as const;

export const OPERATIONS: Readonly<Record<string, OperationNotes>> = {
  'get /healthz': { id: 'getHealth', storeless: true },
  'get /readyz': { id: 'getReadiness', refusals: ['RATE_LIMITED'] },
  'get /metrics': { id: 'getMetrics', refusals: ['NOT_ADMIN', 'RATE_LIMITED'], types: ['text/plain'] },
  'post /api/identity': { id: 'createIdentity', refusals: ['NO_IDENTITY', 'GUESTS_OFF'] },
  'post /api/admin/code': { id: 'createAdminCode' },
  'post /api/admin/session': { id: 'createAdminSession', refusals: ['BAD_ADMIN_CODE'] },
  'post /api/meetings': {
    id: 'createMeeting',
    refusals: [...CREATING, 'BAD_STRATEGY', 'BAD_ID', 'ID_TAKEN'],
  },
  'get /api/meetings': { id: 'listMeetings' },
  'get /api/meetings/{id}': { id: 'getMeeting', refusals: DOOR },
  'patch /api/meetings/{id}': {
    id: 'changeMeeting',
    refusals: [...CREATING, 'MEETING_NOT_FOUND', 'NOT_ALLOWED', 'REMOVED'],
  },
  'post /api/meetings/{id}/end': {
    id: 'endMeeting',
    refusals: ['MEETING_NOT_FOUND', 'NOT_ALLOWED', 'REMOVED'],
  },
  'post /api/meetings/{id}/kick': { id: 'kickPerson', refusals: REMOVING },
  'post /api/meetings/{id}/revoke': { id: 'revokePerson', refusals: REMOVING },
  'post /api/meetings/{id}/rotate-key': {
    id: 'rotateKey',
    refusals: [...REMOVING, 'BAD_DURATION', 'MEETING_ENDED'],
  },
  'post /api/meetings/{id}/invites': {
    id: 'createInvite',
    refusals: [
      'BAD_DURATION',
      'MEETING_NOT_FOUND',
      'MEETING_ENDED',
      'MEETING_EXPIRED',
      'NOT_ALLOWED',
      'REMOVED',
    ],
  },
  'get /api/meetings/{id}/people': { id: 'listPeople', refusals: DOOR },
  'post /api/meetings/{id}/authorize': { id: 'authorize', refusals: JOINING },
  'post /api/meetings/{id}/token': {
    id: 'createToken',
    refusals: [
      ...JOINING,
      'USER_UNKNOWN',
      'COMETCHAT_FAILED',
      'COMETCHAT_DOWN',
      'COMETCHAT_BUSY',
      'COMETCHAT_UNREACHABLE',
    ],
  },
  'get /api/meetings/{id}/events': {
    id: 'watchMeeting',
    refusals: [...JOINING, 'NOT_FOUND'],
    types: STREAM,
  },
  'get /api/sessions/{id}/events': { id: 'watchSession', refusals: ['NOT_FOUND'], types: STREAM },
  'get /api/audit': { id: 'searchAudit', refusals: ['BAD_TIME', 'MEETING_NOT_FOUND', 'NOT_ALLOWED'] },
  'get /api/webhooks': { id: 'listWebhooks' },
  'post /api/webhooks/retry': { id: 'retryWebhooks' },
  'post /api/faults': { id: 'createFault', refusals: ['BAD_DURATION', 'NO_EMULATOR'], storeless: true },
  'get /api/faults': { id: 'listFaults', refusals: ['NO_EMULATOR'], storeless: true },
  'delete /api/faults': { id: 'clearFaults', refusals: ['NO_EMULATOR'], storeless: true },
  'delete /api/faults/{id}': {
    id: 'deleteFault',
    refusals: ['NO_EMULATOR', 'FAULT_NOT_FOUND'],
    storeless: true,
  },
};
