import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { createCometChatClient } from '../../src/cometchat/client.ts';
import { ADMIN_KEY, createMeeting, guest, type Harness, startHarness } from './harness.ts';

async function askCallToken(harness: Harness, authToken: string, sessionId: string): Promise<number> {
  const response = await fetch(`${harness.cometchat}/cometchat/v3.0/call_tokens`, {
    method: 'POST',
    headers: { authToken, appId: 'app1', 'content-type': 'application/json' },
    body: JSON.stringify({ sessionId }),
  });
  return response.status;
}

async function askToken(harness: Harness, sessionId: string, identity?: string, headers?: object) {
  const token = identity ?? (await guest(harness));
  return harness.as(token)('POST', `/api/meetings/${sessionId}/token`, {}, headers);
}

describe('POST /api/meetings/:id/token', () => {
  it('gives an auth token that gets a call token for this meeting', async () => {
    const harness = await startHarness({}, true);
    const { sessionId } = await createMeeting(harness);
    const { body } = await askToken(harness, sessionId);
    expect(body.user).toEqual({ uid: 'alice', name: 'alice' });
    expect(await askCallToken(harness, body.authToken, sessionId)).toBe(200);
  });

  it.each([
    ['end', undefined, 'MEETING_ENDED'],
    ['kick', { uid: 'alice' }, 'REMOVED'],
    ['revoke', { uid: 'alice' }, 'REMOVED'],
    ['rotate-key', {}, 'NOT_ALLOWED'],
  ])('gives none after %s while CometChat was asked', async (change, body, code) => {
    const harness = await startHarness({}, true);
    const { client } = createdBy(harness);
    const slow = {
      ...client,
      createAuthToken: async (...asked: Parameters<typeof client.createAuthToken>) => {
        const made = await client.createAuthToken(...asked);
        await other.as(ADMIN_KEY)('POST', `/api/meetings/team-core/${change}`, body);
        return made;
      },
    };
    const cometchat = { client: slow, appId: 'app1', region: 'us' };
    const other = await startHarness({ store: harness.store, cometchat });
    const { url, sessionId } = await createMeeting(other, { strategy: 'team', id: 'core' });
    const answer = await askToken(other, sessionId, undefined, { 'meet-key': url.split('#key=')[1] });
    expect(answer.body).toMatchObject({ code });
    expect(answer.body).not.toHaveProperty('authToken');
  });

  it('sends the sdk to the emulator under the origin that the page has', async () => {
    const harness = await startHarness({}, true);
    const { sessionId } = await createMeeting(harness);
    const { body } = await askToken(harness, sessionId, undefined, { host: '127.0.0.1:4680' });
    const host = 'http://127.0.0.1:4680/cometchat/v3.0';
    expect(body.cometchat).toEqual({ appId: 'app1', region: 'us', host, adminHost: host, clientHost: host });
  });

  it('makes the call token itself in strict mode, and keeps the auth token', async () => {
    const harness = await startHarness({ strict: true }, true);
    const { sessionId } = await createMeeting(harness);
    const { status, body } = await askToken(harness, sessionId);
    expect(status).toBe(200);
    expect(Object.keys(body).sort()).toEqual(['broadcast', 'callToken', 'cometchat', 'role', 'user']);
    const shown = await fetch(`${harness.cometchat}/cometchat/v3.0/call_tokens`, {
      headers: { callToken: body.callToken },
    });
    expect(shown.status).toBe(200);
  });

  it('sends the sdk to the cloud by app and region, and to dedicated hosts by name', async () => {
    const cloud = await startHarness({}, true);
    const hosts = { host: 'https://call.example/v3.0' };
    const { client } = createdBy(cloud);
    const harness = await startHarness({
      emulatorOn: false,
      claimedUids: false,
      cometchat: { client, appId: 'app1', region: 'eu', hosts },
    });
    const { sessionId } = await createMeeting(harness);
    const { token } = (await harness.as(undefined)('POST', '/api/identity', { name: 'A' })).body;
    const { body } = await askToken(harness, sessionId, token);
    expect(body.cometchat).toEqual({ appId: 'app1', region: 'eu', ...hosts });
  });

  it('hides why CometChat failed, and tells the operator', async () => {
    const origin = await closedOrigin();
    const client = createCometChatClient({
      appId: 'app1',
      adminBase: `${origin}/v3`,
      callBase: `${origin}/v3.0`,
      apiKey: 'api-key',
    });
    const harness = await startHarness({ cometchat: { client, appId: 'app1', region: 'us' } });
    const { sessionId } = await createMeeting(harness);
    const { status, body } = await askToken(harness, sessionId);
    expect({ status, code: body.code }).toEqual({ status: 504, code: 'COMETCHAT_UNREACHABLE' });
    expect(JSON.stringify(body)).not.toContain('127.0.0.1');
    expect(harness.failures).toMatchObject([
      { code: 'COMETCHAT_UNREACHABLE', detail: { reason: 'ECONNREFUSED' } },
    ]);
  });

  it('answers 502 when CometChat refuses our key', async () => {
    const cloud = await startHarness({}, true);
    const { client } = createdBy(cloud, 'wrong-key');
    const harness = await startHarness({ cometchat: { client, appId: 'app1', region: 'us' } });
    const { sessionId } = await createMeeting(harness);
    expect((await askToken(harness, sessionId)).status).toBe(502);
    expect(JSON.stringify(harness.failures)).not.toContain('wrong-key');
  });
});

/** An address on which nobody listens. */
async function closedOrigin(): Promise<string> {
  const server = createServer();
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise(resolve => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}

function createdBy(cloud: Harness, apiKey = 'api-key') {
  const adminBase = `${cloud.cometchat}/cometchat/v3`;
  const callBase = `${cloud.cometchat}/cometchat/v3.0`;
  return { client: createCometChatClient({ appId: 'app1', adminBase, callBase, apiKey }) };
}

describe('mayIssue', () => {
  it('refuses a call token for a meeting that this uid was not authorized for', async () => {
    const harness = await startHarness({}, true);
    const mine = await createMeeting(harness);
    const other = await createMeeting(harness);
    const { body } = await askToken(harness, mine.sessionId);
    expect(await askCallToken(harness, body.authToken, other.sessionId)).toBe(403);
  });

  it('refuses it however the id is spelled', async () => {
    const harness = await startHarness({}, true);
    const mine = await createMeeting(harness);
    await createMeeting(harness, { strategy: 'team', id: 'core' });
    const { authToken } = (await askToken(harness, mine.sessionId)).body;
    for (const spelling of ['TEAM-core', ' team-core', 'ｔｅａｍ-core']) {
      expect(await askCallToken(harness, authToken, spelling)).toBe(403);
    }
  });

  it('leaves sessions that are not our meetings alone', async () => {
    const harness = await startHarness({}, true);
    const { sessionId } = await createMeeting(harness);
    const { authToken } = (await askToken(harness, sessionId)).body;
    expect(await askCallToken(harness, authToken, 'somebody-elses-room')).toBe(200);
  });

  it("does not take somebody's word for a uid that was let in", async () => {
    const harness = await startHarness({}, true);
    const listed = await createMeeting(harness, { allow: ['alice'] });
    const open = await createMeeting(harness, { public: true });
    const invited = await harness.as(ADMIN_KEY)('POST', `/api/meetings/${listed.sessionId}/invites`, {
      uid: 'alice',
    });
    const invite = new URL(invited.body.url).hash.replace('#invite=', '');
    const { token } = (await harness.as(undefined)('POST', '/api/identity', { invite })).body;
    const genuine = (await askToken(harness, listed.sessionId, token)).body.authToken;
    const claimed = (await askToken(harness, open.sessionId, await guest(harness))).body;
    expect(claimed.user.uid).toBe('alice');
    expect(await askCallToken(harness, genuine, listed.sessionId)).toBe(200);
    expect(await askCallToken(harness, claimed.authToken, listed.sessionId)).toBe(403);
  });

  it('is enough that authorize said yes', async () => {
    const harness = await startHarness({}, true);
    const [mine, other] = [await createMeeting(harness), await createMeeting(harness)];
    const alice = await guest(harness);
    const { authToken } = (await askToken(harness, mine.sessionId, alice)).body;
    await harness.as(alice)('POST', `/api/meetings/${other.sessionId}/authorize`, {});
    expect(await askCallToken(harness, authToken, other.sessionId)).toBe(200);
  });

  it.each([
    ['ends', (harness: Harness, id: string) => harness.as(ADMIN_KEY)('POST', `/api/meetings/${id}/end`)],
    [
      'is narrowed',
      (harness: Harness, id: string) =>
        harness.as(ADMIN_KEY)('PATCH', `/api/meetings/${id}`, { allow: ['bob'] }),
    ],
    [
      'expires',
      async (harness: Harness) => {
        harness.clock.now += 3_600_000;
      },
    ],
  ])('refuses as soon as the meeting %s', async (_, change) => {
    const harness = await startHarness({}, true);
    const { sessionId } = await createMeeting(harness, { expiresIn: '1h' });
    const { authToken } = (await askToken(harness, sessionId)).body;
    expect(await askCallToken(harness, authToken, sessionId)).toBe(200);
    await change(harness, sessionId);
    expect(await askCallToken(harness, authToken, sessionId)).toBe(403);
  });
});
