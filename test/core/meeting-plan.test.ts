import { describe, expect, it } from 'vitest';
import type { Meeting } from '../../src/core/meeting.ts';
import { type CreateOptions, endMeeting, extendMeeting, planCreate } from '../../src/core/meeting-plan.ts';
import { type IdRequest, planSessionId } from '../../src/core/session-id.ts';
import { codeOf, DAY, HOUR, NOW } from './fixtures.ts';

const STABLE: IdRequest = { strategy: 'stable', prefix: 'room', id: '42' };
const OFFICE: IdRequest = { strategy: 'office-hours', zone: 'UTC' };
const BUCKET_END = Date.parse('2026-11-21T00:00Z');

async function create(
  request: IdRequest,
  options: CreateOptions = {},
  existing: Meeting | null = null,
  now = NOW,
) {
  const plan = await planSessionId(request, now, () => '3f2b6c1e-8a54-4f0e-9d0b-5f6f0e8f1a2b');
  return planCreate(existing, plan, options, now, () => 'fresh-key');
}

async function stored(request: IdRequest = STABLE, options: CreateOptions = {}): Promise<Meeting> {
  return (await create(request, options)).meeting;
}

describe('creating a meeting', () => {
  it('makes one for whoever has the link, that expires', async () => {
    expect(await create(STABLE)).toEqual({
      created: true,
      meeting: {
        sessionId: 'room-42',
        strategy: 'stable',
        origin: '{"strategy":"stable","prefix":"room","id":"42"}',
        title: 'room 42',
        access: 'link',
        allow: [],
        hosts: [],
        key: 'fresh-key',
        oldKey: null,
        oldKeyUntil: null,
        linkBefore: null,
        removals: [],
        createdAt: NOW,
        startsAt: null,
        expiresAt: NOW + 30 * DAY,
        endedAt: null,
        hours: null,
        zone: null,
        broadcast: false,
        revision: 0,
        accessVersion: 1,
      },
    });
  });

  it('needs no key where the id cannot be guessed', async () => {
    expect((await stored({})).key).toBeNull();
  });

  it.each<[string, IdRequest, CreateOptions, number]>([
    ['24 hours for a uuid', {}, {}, NOW + DAY],
    ['30 days for a team', { strategy: 'team', id: 'web' }, {}, NOW + 30 * DAY],
    ['to the end of the bucket', OFFICE, {}, BUCKET_END],
    ['as long as asked', STABLE, { expiresIn: HOUR }, NOW + HOUR],
    ['until when asked', STABLE, { expiresAt: NOW + 5 }, NOW + 5],
    ['its lifetime after its start', {}, { startsAt: NOW + 3 * DAY }, NOW + 4 * DAY],
    ['as long as asked after its start', {}, { startsAt: NOW + DAY, expiresIn: HOUR }, NOW + DAY + HOUR],
    ['its lifetime from now when it has started', {}, { startsAt: NOW - HOUR }, NOW + DAY],
    ['longer than its bucket when asked', OFFICE, { expiresIn: 2 * DAY }, NOW + 2 * DAY],
  ])('lets it live %s', async (_, request, options, expiresAt) => {
    expect((await stored(request, options)).expiresAt).toBe(expiresAt);
  });

  it.each<[string, IdRequest, CreateOptions, string]>([
    ['an expiry in the past', STABLE, { expiresAt: NOW - 1 }, 'BAD_TIME'],
    ['an expiry now', STABLE, { expiresAt: NOW }, 'BAD_TIME'],
    ['an expiry before the start', STABLE, { startsAt: NOW + DAY, expiresAt: NOW + HOUR }, 'BAD_TIME'],
    ['an expiry at the start', STABLE, { startsAt: NOW + DAY, expiresAt: NOW + DAY }, 'BAD_TIME'],
    ['a start after its bucket', OFFICE, { startsAt: BUCKET_END }, 'BAD_TIME'],
    ['an expiry beyond ten years', STABLE, { expiresAt: NOW + 4000 * DAY }, 'BAD_TIME'],
    ['two expiries', STABLE, { expiresAt: NOW + DAY, expiresIn: DAY }, 'BAD_TIME'],
    ['public and a list', STABLE, { public: true, allow: ['a'] }, 'BAD_REQUEST'],
    ['an empty title', STABLE, { title: ' ' }, 'BAD_REQUEST'],
    ['a title of two lines', STABLE, { title: 'a\nb' }, 'BAD_REQUEST'],
    ['a title without end', STABLE, { title: 'x'.repeat(201) }, 'BAD_REQUEST'],
  ])('refuses %s', async (_, request, options, code) => {
    expect(await codeOf(() => create(request, options))).toBe(code);
  });
});

describe('creating a meeting again', () => {
  const later = NOW + 5 * DAY;

  it('gives the same meeting, renewed', async () => {
    const first = await stored();
    const { meeting, created } = await create(STABLE, {}, first, later);
    expect(created).toBe(false);
    expect(meeting).toEqual({ ...first, expiresAt: later + 30 * DAY, revision: 1 });
  });

  it('never shortens an expiry that was set later', async () => {
    const first = await stored(STABLE, { expiresIn: 90 * DAY });
    expect((await create(STABLE, {}, first, later)).meeting.expiresAt).toBe(NOW + 90 * DAY);
  });

  it('shortens when asked to', async () => {
    expect((await create(STABLE, { expiresIn: HOUR }, await stored(), later)).meeting.expiresAt).toBe(
      later + HOUR,
    );
  });

  it('does not renew a bucket', async () => {
    const first = await stored(OFFICE, { expiresIn: HOUR });
    expect((await create(OFFICE, {}, first, NOW + HOUR - 1)).meeting.expiresAt).toBe(NOW + HOUR);
  });

  it('revives an expired one', async () => {
    const [room, office] = [
      await stored(STABLE, { expiresIn: HOUR }),
      await stored(OFFICE, { expiresIn: HOUR }),
    ];
    const now = NOW + HOUR;
    expect((await create(STABLE, {}, room, now)).meeting.expiresAt).toBe(now + 30 * DAY);
    expect((await create(OFFICE, {}, office, now)).meeting.expiresAt).toBe(BUCKET_END);
  });

  it('updates what is asked for, and keeps the rest', async () => {
    const first = await stored(STABLE, { title: 'Planning', startsAt: NOW + DAY, allow: ['a'] });
    const same = (await create(STABLE, {}, first)).meeting;
    expect(same).toEqual(first);
    const { meeting } = await create(
      STABLE,
      { title: 'Retro', startsAt: NOW + 2 * DAY, public: true },
      first,
    );
    expect(meeting).toEqual({
      ...first,
      title: 'Retro',
      startsAt: NOW + 2 * DAY,
      expiresAt: NOW + 32 * DAY,
      access: 'public',
      allow: [],
      revision: 1,
    });
  });

  it('takes a start back', async () => {
    const first = await stored(STABLE, { startsAt: NOW + DAY });
    expect((await create(STABLE, { startsAt: null }, first)).meeting.startsAt).toBeNull();
  });

  it('keeps the key while access goes to and fro', async () => {
    const open = await stored(STABLE, { public: true });
    const closed = (await create(STABLE, { allow: ['a'] }, { ...open, key: 'old-key' })).meeting;
    expect((await create(STABLE, { allow: null }, closed)).meeting).toMatchObject({
      access: 'link',
      key: 'old-key',
    });
  });

  it('makes a key that is missing', async () => {
    const without = { ...(await stored()), key: null };
    expect((await create(STABLE, {}, without)).meeting.key).toBe('fresh-key');
  });

  it.each<[string, CreateOptions, CreateOptions, number]>([
    ['stays while access widens', {}, { public: true }, 1],
    ['counts up when the link no longer suffices', {}, { allow: ['a'] }, 2],
    ['counts up when the list loses somebody', { allow: ['a', 'b'] }, { allow: ['b'] }, 2],
    ['stays when the list grows', { allow: ['a'] }, { allow: ['a', 'b'] }, 1],
  ])('the version of its access %s', async (_, before, after, version) => {
    expect((await create(STABLE, after, await stored(STABLE, before))).meeting.accessVersion).toBe(version);
  });

  it.each<[string, IdRequest]>([
    ['another strategy', { strategy: 'stable', prefix: 'office', id: 'hours-20261120' }],
    ['another zone', { ...OFFICE, zone: 'Europe/London' }],
    ['another spelling', { ...OFFICE, prefix: 'Office Hours' }],
  ])('from %s is refused', async (_, request) => {
    const taken = await stored(OFFICE);
    expect(await codeOf(() => create(request, { reopen: true }, taken))).toBe('ID_TAKEN');
  });

  it('from elsewhere is answered with whose the id is, and what to do', async () => {
    const taken = await stored({ strategy: 'stable', id: 'a b' });
    await expect(create({ strategy: 'stable', id: 'a-b' }, {}, taken)).rejects.toThrow(
      'The id a-b belongs to the meeting made with --strategy stable --id "a b"; repeat exactly that to get it, or choose another id.',
    );
  });

  it('needs --reopen once it was ended', async () => {
    const ended = endMeeting(await stored(), NOW + HOUR);
    expect(await codeOf(() => create(STABLE, {}, ended, later))).toBe('MEETING_ENDED');
    const { meeting, created } = await create(STABLE, { reopen: true }, ended, later);
    expect({ created, endedAt: meeting.endedAt, accessVersion: meeting.accessVersion }).toEqual({
      created: false,
      endedAt: null,
      accessVersion: 2,
    });
  });

  it('does not mind --reopen while it is open', async () => {
    expect((await create(STABLE, { reopen: true }, await stored())).meeting).toEqual(await stored());
  });
});

describe('extending a meeting', () => {
  it('adds to its expiry', async () => {
    expect(extendMeeting(await stored({}), HOUR, NOW + HOUR).expiresAt).toBe(NOW + DAY + HOUR);
  });

  it('counts from now when it has expired', async () => {
    expect(extendMeeting(await stored({}), HOUR, NOW + 9 * DAY).expiresAt).toBe(NOW + 9 * DAY + HOUR);
  });

  it('is refused once it was ended', async () => {
    expect(await codeOf(async () => extendMeeting(endMeeting(await stored(), NOW), HOUR, NOW))).toBe(
      'MEETING_ENDED',
    );
  });

  it('is refused beyond ten years', async () => {
    expect(await codeOf(async () => extendMeeting(await stored(), 3650 * DAY, NOW))).toBe('BAD_TIME');
  });

  it('is refused when it would still expire before it starts', async () => {
    const odd = { ...(await stored()), startsAt: NOW + 60 * DAY };
    expect(await codeOf(() => extendMeeting(odd, HOUR, NOW))).toBe('BAD_TIME');
  });
});

describe('ending a meeting', () => {
  it('withdraws what was given out for it', async () => {
    const meeting = await stored();
    expect(endMeeting(meeting, NOW + 1)).toEqual({
      ...meeting,
      endedAt: NOW + 1,
      accessVersion: 2,
      revision: 1,
    });
  });

  it('again changes nothing', async () => {
    const ended = endMeeting(await stored(), NOW + 1);
    expect(endMeeting(ended, NOW + 2)).toBe(ended);
  });
});
