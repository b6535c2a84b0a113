import { describe, expect, it } from 'vitest';
import { ADMIN_KEY, createMeeting, guest, HOUR, NOON, startHarness } from './harness.ts';

/** Friday, noon in UTC: an hour too early. */
const OFFICE = { strategy: 'team', id: 'core', public: true, hours: 'Fri 13:00-14:00', zone: 'UTC' };
const WEEK = 7 * 24 * HOUR;

describe('a meeting with hours', () => {
  it('is told of with its hours, and when its door opens', async () => {
    const harness = await startHarness();
    await createMeeting(harness, OFFICE);
    const facts = async () => (await harness.as(undefined)('GET', '/api/meetings/team-core')).body;
    const kept = { hours: 'Fri 13:00-14:00', zone: 'UTC' };
    expect(await facts()).toMatchObject({ ...kept, opensAt: '2026-11-20T13:00:00.000Z' });
    harness.clock.now = NOON + HOUR;
    expect(await facts()).toMatchObject({ ...kept, opensAt: null });
    harness.clock.now = NOON + 2 * HOUR;
    expect(await facts()).toMatchObject({ ...kept, opensAt: '2026-11-27T13:00:00.000Z' });
  });

  it('answers 425 outside of them, and admits within them until they end', async () => {
    const harness = await startHarness();
    await createMeeting(harness, OFFICE);
    const as = harness.as(await guest(harness));
    const knock = () => as('POST', '/api/meetings/team-core/authorize', {});
    expect(await knock()).toMatchObject({
      status: 425,
      body: { code: 'MEETING_NOT_STARTED', detail: { opensAt: '2026-11-20T13:00:00.000Z' } },
    });
    harness.clock.now = NOON + HOUR;
    expect(await knock()).toMatchObject({ status: 200, body: { expiresAt: '2026-11-20T14:00:00.000Z' } });
    harness.clock.now = NOON + 2 * HOUR;
    expect(await knock()).toMatchObject({
      status: 425,
      body: { detail: { opensAt: '2026-11-27T13:00:00.000Z' } },
    });
  });

  it('answers 410 when the last of them before its expiry are over', async () => {
    const harness = await startHarness();
    await createMeeting(harness, { ...OFFICE, expiresIn: '3h' });
    harness.clock.now = NOON + 2 * HOUR;
    const answer = await harness.as(undefined)('GET', '/api/meetings/team-core');
    expect(answer).toMatchObject({ status: 410, body: { code: 'MEETING_EXPIRED' } });
  });

  it('gives out no call token after them, also to whoever was let in', async () => {
    const harness = await startHarness({}, true);
    await createMeeting(harness, OFFICE);
    harness.clock.now = NOON + HOUR;
    const as = harness.as(await guest(harness));
    const { authToken } = (await as('POST', '/api/meetings/team-core/token', {})).body;
    const callToken = async () =>
      fetch(`${harness.cometchat}/cometchat/v3.0/call_tokens`, {
        method: 'POST',
        headers: { authToken, 'content-type': 'application/json' },
        body: JSON.stringify({ sessionId: 'team-core' }),
      });
    expect((await callToken()).status).toBe(200);
    harness.clock.now = NOON + 2 * HOUR;
    expect((await callToken()).status).toBe(403);
  });

  it('is changed by a patch, and told with its kind in the list', async () => {
    const harness = await startHarness();
    await createMeeting(harness, OFFICE);
    const admin = harness.as(ADMIN_KEY);
    const patched = await admin('PATCH', '/api/meetings/team-core', {
      hours: 'mon 9-10',
      zone: 'asia/tokyo',
      broadcast: true,
    });
    const kind = { hours: 'Mon 09:00-10:00', zone: 'Asia/Tokyo', broadcast: true, revision: 1 };
    expect(patched.body).toMatchObject(kind);
    expect((await admin('GET', '/api/meetings')).body.meetings).toMatchObject([kind]);
    const freed = await admin('PATCH', '/api/meetings/team-core', { hours: null });
    expect(freed.body).toMatchObject({ hours: null, revision: 2 });
  });

  it.each([
    ['hours that cannot be read', { hours: 'whenever' }, 'BAD_TIME'],
    ['hours in a zone that is none', { hours: 'Mon 9-10', zone: 'Mars/Olympus' }, 'BAD_ZONE'],
    ['hours by an offset', { hours: 'Mon 9-10', zone: '+01:00' }, 'BAD_ZONE'],
    ['hours beyond its life', { hours: 'Mon 9-10', expiresIn: '1h' }, 'BAD_TIME'],
    ['a broadcast that is a word', { broadcast: 'yes' }, 'BAD_REQUEST'],
  ])('refuses %s', async (_, body, code) => {
    const harness = await startHarness();
    const answer = await harness.as(ADMIN_KEY)('POST', '/api/meetings', body);
    expect(answer).toMatchObject({ status: 400, body: { code } });
  });

  it('opens every week', async () => {
    const harness = await startHarness();
    await createMeeting(harness, OFFICE);
    for (const week of [0, 1, 2, 3]) {
      harness.clock.now = NOON + HOUR + week * WEEK;
      const as = harness.as(await guest(harness));
      expect((await as('POST', '/api/meetings/team-core/authorize', {})).status).toBe(200);
    }
  });
});
