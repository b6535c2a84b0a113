import { describe, expect, it } from 'vitest';
import { createMeeting, guest, HOUR, startHarness } from './harness.ts';

describe('probes', () => {
  it.each(['/healthz', '/readyz'])('%s answers 200', async url => {
    const { as } = await startHarness();
    expect(await as(undefined)('GET', url)).toMatchObject({
      status: 200,
      body: { ok: true, service: 'meet' },
    });
  });

  it('/readyz answers 503 when the store does not answer, and /healthz still 200', async () => {
    const { store } = await startHarness();
    const find = async () => {
      throw new Error('gone');
    };
    const { as } = await startHarness({ store: { ...store, find } });
    expect(await as(undefined)('GET', '/readyz')).toMatchObject({
      status: 503,
      body: { code: 'STORE_FAILED' },
    });
    expect((await as(undefined)('GET', '/healthz')).status).toBe(200);
  });
});

describe('/metrics', () => {
  it('counts meetings by state, tokens, denials and requests, and names nobody', async () => {
    const harness = await startHarness({}, true);
    const { sessionId } = await createMeeting(harness);
    await createMeeting(harness, { startsAt: '2026-11-21T12:00Z' });
    await createMeeting(harness, { expiresIn: '1h' });
    harness.clock.now += HOUR;
    const alice = await guest(harness, 'alice-in-metrics');
    await harness.as(alice)('POST', `/api/meetings/${sessionId}/token`, {});
    await harness.as(alice)('POST', '/api/meetings/nobody/token', {});
    const { body, headers } = await harness.as(undefined)('GET', '/metrics');
    expect(headers['content-type']).toContain('text/plain');
    for (const line of [
      'meet_meetings{state="open"} 1',
      'meet_meetings{state="scheduled"} 1',
      'meet_meetings{state="expired"} 1',
      'meet_meetings{state="ended"} 0',
      'meet_tokens_issued_total{kind="auth"} 1',
      'meet_denials_total{code="MEETING_NOT_FOUND"} 1',
      'meet_http_request_duration_seconds_count{method="POST",route="/api/meetings/:id/token",status="200"} 1',
    ]) {
      expect(body.split('\n')).toContain(line);
    }
    expect(body).not.toContain(sessionId);
    expect(body).not.toContain('alice-in-metrics');
  });
});

describe('/openapi.json', () => {
  it('describes every route of the API from the schemas that check it', async () => {
    const { as } = await startHarness();
    const { body } = await as(undefined)('GET', '/openapi.json');
    expect(Object.keys(body.paths).sort()).toEqual([
      '/api/admin/code',
      '/api/admin/session',
      '/api/audit',
      '/api/faults',
      '/api/faults/{id}',
      '/api/identity',
      '/api/meetings',
      '/api/meetings/{id}',
      '/api/meetings/{id}/authorize',
      '/api/meetings/{id}/end',
      '/api/meetings/{id}/events',
      '/api/meetings/{id}/invites',
      '/api/meetings/{id}/kick',
      '/api/meetings/{id}/people',
      '/api/meetings/{id}/revoke',
      '/api/meetings/{id}/rotate-key',
      '/api/meetings/{id}/token',
      '/api/sessions/{id}/events',
      '/api/webhooks',
      '/api/webhooks/retry',
      '/healthz',
      '/metrics',
      '/readyz',
    ]);
    const { post } = body.paths['/api/meetings'];
    expect(post.security).toEqual([{ admin: [] }]);
    expect(post.requestBody.content['application/json'].schema.additionalProperties).toBe(false);
    expect(body.components.schemas.Error.required).toEqual(['error', 'code']);
  });
});
