import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Probe, type Probed, startProbe } from './probe-server.ts';
import { copyApp, type Scaffold } from './scaffold.ts';

// Processes, and two cores may have much else to do.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const SERVERS: readonly Probed[] = ['svelte-express', 'vanilla-fastify', 'next'];

describe.each(SERVERS)('the routes of %s', name => {
  let app: Scaffold;

  beforeAll(() => {
    app = copyApp(name);
    expect(app.meet('init', 'web').code).toBe(0);
  });

  afterAll(() => app.remove());

  describe('with the emulator', () => {
    let probe: Probe;

    beforeAll(async () => {
      probe = await startProbe(app, name, { emulated: true });
    });

    afterAll(() => probe?.stop());

    async function make(as: string, body: object = {}): Promise<string> {
      const made = await probe.ask('/api/meetings', as, body);
      expect(made).toMatchObject({ status: 200, body: { path: `/meet/${made.body.id}` } });
      return made.body.id;
    }

    it('make ids that nobody can guess, and that end', async () => {
      const made = await probe.ask('/api/meetings', 'cometchat-uid-1', {});
      expect(made.body.id).toMatch(/^[0-9a-f-]{36}$/);
      const hours = (Date.parse(made.body.expiresAt) - Date.now()) / 3_600_000;
      expect(hours).toBeGreaterThan(23);
      expect(hours).toBeLessThanOrEqual(24);
    });

    it('let in who is logged in, and hand out a pass for that one person', async () => {
      const id = await make('cometchat-uid-1');
      expect(await probe.ask(`/api/meetings/${id}/authorize`, 'dana')).toMatchObject({
        status: 200,
        body: { ok: true },
      });
      const { status, body, headers } = await probe.ask(`/api/meetings/${id}/token`, 'dana');
      expect(status).toBe(200);
      expect(headers.get('cache-control')).toBe('no-store');
      expect(Object.keys(body).sort()).toEqual(['authToken', 'cometchat', 'user']);
      expect(body).toMatchObject({
        authToken: expect.stringMatching(/.{10}/),
        user: { uid: 'dana' },
        cometchat: { region: 'us', host: expect.stringMatching(/\/cometchat\/v3\.0$/) },
      });
    });

    it('refuse who is not on the list, also a token', async () => {
      const id = await make('cometchat-uid-1', { allow: ['cometchat-uid-2'] });
      const statuses = async (as: string) => [
        (await probe.ask(`/api/meetings/${id}/authorize`, as)).status,
        (await probe.ask(`/api/meetings/${id}/token`, as)).status,
      ];
      expect(await statuses('cometchat-uid-1')).toEqual([200, 200]);
      expect(await statuses('cometchat-uid-2')).toEqual([200, 200]);
      expect(await statuses('cometchat-uid-3')).toEqual([403, 403]);
    });

    it.each(['authorize', 'token'])('refuse %s for what is over, and for what never was', async what => {
      const id = await make('cometchat-uid-1');
      const file = join(app.folder, '.meetings.json');
      const meetings: { id: string; expiresAt: number }[] = JSON.parse(readFileSync(file, 'utf8'));
      const past = meetings.map(each => (each.id === id ? { ...each, expiresAt: Date.now() - 1000 } : each));
      writeFileSync(file, JSON.stringify(past));
      expect(await probe.ask(`/api/meetings/${id}/${what}`, 'dana')).toMatchObject({
        status: 410,
        body: { code: 'MEETING_EXPIRED' },
      });
      expect(await probe.ask(`/api/meetings/constructor/${what}`, 'dana')).toMatchObject({
        status: 404,
        body: { code: 'MEETING_NOT_FOUND' },
      });
    });

    it('refuse who does not say who they are, and a list that is none', async () => {
      expect(await probe.ask('/api/meetings')).toMatchObject({ status: 401, body: { code: 'NO_USER' } });
      expect(await probe.ask('/api/meetings', 'no uid!')).toMatchObject({ status: 401 });
      expect(await probe.ask('/api/meetings', 'dana', { allow: 'dana' })).toMatchObject({
        status: 400,
        body: { code: 'BAD_REQUEST' },
      });
    });
  });

  describe('elsewhere', () => {
    let probe: Probe | undefined;

    afterEach(() => probe?.stop());

    const KEYS = { COMETCHAT_APP_ID: 'app', COMETCHAT_REGION: 'eu', COMETCHAT_API_KEY: 'secret-key' };

    it.each([
      ['nobody is known', {}, 501, 'NO_CURRENT_USER'],
      ['it is the cloud', KEYS, 501, 'NO_CURRENT_USER'],
      [
        'it is production',
        { COMETCHAT_EMULATOR: 'http://localhost:1', NODE_ENV: 'production' },
        501,
        'NO_CURRENT_USER',
      ],
    ])('take nobody at their word: %s', async (_, env, status, code) => {
      probe = await startProbe(app, name, { env });
      expect(await probe.ask('/api/meetings', 'dana', {})).toMatchObject({ status, body: { code } });
    });

    it.each([
      ['lacks its settings', {}, 501, 'NOT_CONFIGURED'],
      ['does not answer', { ...KEYS, COMETCHAT_REST_URL: 'http://127.0.0.1:9' }, 502, 'COMETCHAT_FAILED'],
    ])('say so where CometChat %s, without a secret', async (_, env, status, code) => {
      probe = await startProbe(app, name, { env: { ...env, COMETCHAT_EMULATOR: 'http://localhost:1' } });
      const { id } = (await probe.ask('/api/meetings', 'dana', {})).body;
      const answer = await probe.ask(`/api/meetings/${id}/token`, 'dana');
      expect(answer).toMatchObject({ status, body: { code } });
      expect(JSON.stringify(answer.body)).not.toContain('secret-key');
    });
  });
});
