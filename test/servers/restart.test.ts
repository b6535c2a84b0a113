import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { startInstance } from './instance.ts';
import { ask, describePostgres } from './with-postgres.ts';

const ADMIN_KEY = 'an-admin-key-of-these-very-tests-here';
/** Until a server answers again once the database does. */
const RECOVERY_MS = 5_000;

async function startServer(url: string) {
  const cwd = mkdtempSync(join(tmpdir(), 'meet-restart-'));
  const env = {
    MEET_DATABASE_URL: url,
    MEET_ADMIN_KEY: ADMIN_KEY,
    MEET_DATA_DIR: join(cwd, '.meet'),
    MEET_RATE_LIMIT: '1000000',
  };
  const instance = await startInstance(env, { cwd });
  onTestFinished(async () => {
    await instance.kill('SIGKILL');
    rmSync(cwd, { recursive: true });
  });
  const base = `http://localhost:${instance.port}`;
  return {
    instance,
    async ask(method: string, path: string, body?: object): Promise<number> {
      const headers = {
        authorization: `Bearer ${ADMIN_KEY}`,
        ...(body && { 'content-type': 'application/json' }),
      };
      const request = { method, headers, ...(body && { body: JSON.stringify(body) }) };
      const response = await fetch(base + path, { ...request, signal: AbortSignal.timeout(30_000) });
      await response.text();
      return response.status;
    },
  };
}

describePostgres('a server whose database restarts', postgres => {
  it('tells so on /readyz, lives, and is ready again by itself', async () => {
    const { ask: get } = await startServer(await postgres().createDatabase());
    const probes = async () => [await get('GET', '/readyz'), await get('GET', '/healthz')];
    expect(await probes()).toEqual([200, 200]);
    await postgres().stop();
    expect(await probes()).toEqual([503, 200]);
    expect(await get('POST', '/api/meetings', {})).toBe(503);
    await postgres().start();
    await expect.poll(probes, { timeout: RECOVERY_MS }).toEqual([200, 200]);
    expect(await get('POST', '/api/meetings', {})).toBe(201);
  });

  it.each(['fast', 'immediate'] as const)(
    '(%s) under load loses nothing that was acknowledged, doubles nothing, and recovers',
    async mode => {
      const url = await postgres().createDatabase();
      const { ask: call, instance } = await startServer(url);
      const acknowledged: string[] = [];
      const statuses = new Set<number>();
      let tried = 0;
      let over = false;
      const work = async () => {
        while (!over) {
          tried += 1;
          const id = String(tried);
          const created = await call('POST', '/api/meetings', { strategy: 'stable', prefix: 'load', id });
          if (created === 201) acknowledged.push(`load-${id}`);
          const read = await call('GET', `/api/meetings/load-${id}`);
          // Who was told that it is there finds it, or hears that the database is away.
          expect(created === 201 ? [200, 503] : [200, 404, 503]).toContain(read);
          statuses.add(created);
        }
      };
      const until = async (more: number) => {
        const goal = acknowledged.length + more;
        await expect.poll(() => acknowledged.length, { interval: 20 }).toBeGreaterThan(goal);
      };
      const workers = Promise.all(Array.from({ length: 6 }, work));
      try {
        await until(50);
        await postgres().restart(mode);
        const back = performance.now();
        await until(1);
        expect(performance.now() - back).toBeLessThan(RECOVERY_MS);
        await until(50);
      } finally {
        over = true;
        await workers;
      }
      // 503: the restart was felt.
      expect([...statuses].sort()).toEqual([201, 503]);
      const rows = await ask<{ session_id: string }>(url, 'select session_id from meetings');
      const stored = rows.map(row => row.session_id);
      expect(acknowledged.filter(id => !stored.includes(id))).toEqual([]);
      expect(new Set(stored).size).toBe(stored.length);
      expect(instance.said()).not.toContain('a-password-to-look-for');
    },
  );
});
