import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAsker } from './ask.ts';
import { type Instance, startInstance } from './instance.ts';
import { NAME, type Nginx, startNginx, whyNoNginx } from './nginx.ts';
import { type Postgres, startPostgres, whyNoPostgres } from './postgres.ts';
import { type Miss, startLoad, type Tally } from './visitors.ts';

const obstacle = whyNoNginx() ?? whyNoPostgres();
if (obstacle) process.stderr.write(`skipped, without nginx and PostgreSQL: ${obstacle}\n`);

const KILLING_MS = 60_000;
const KILL_EVERY_MS = 4_000;
const AWAY_MS = 500;
const ADMIN_KEY = randomBytes(32).toString('base64url');
const SECRET = randomBytes(32).toString('base64url');
/** All requests here come from one address. */
const UNLIMITED = '1000000';

describe.skipIf(obstacle !== null)('three instances on one PostgreSQL behind nginx', () => {
  const folder = mkdtempSync(join(tmpdir(), 'meet-chaos-'));
  let cloud: Instance;
  let postgres: Postgres;
  let databaseUrl: string;
  let instances: Instance[];
  let nginx: Nginx;
  let client: ReturnType<typeof createAsker>;

  beforeAll(async () => {
    cloud = await startInstance({ MEET_DATA_DIR: join(folder, 'cloud'), MEET_RATE_LIMIT: UNLIMITED });
    postgres = await startPostgres();
    databaseUrl = await postgres.createDatabase();
    makeProject(join(folder, 'project'));
    // At once: they migrate one empty database together.
    instances = await Promise.all([0, 1, 2].map(index => start(index)));
    nginx = await startNginx(
      instances.map(({ port }) => port),
      [
        ['rate=50r/s', 'rate=100000r/s'],
        ['burst=200', 'burst=100000'],
      ],
    );
    client = createAsker(nginx);
  });

  afterAll(async () => {
    client?.close();
    await nginx?.close();
    for (const instance of instances ?? []) await instance.kill('SIGKILL');
    await cloud?.kill('SIGKILL');
    await postgres?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** CometChat's cloud is another process here, by the host overrides of a dedicated installation. */
  const start = (index: number, port = 0) => {
    const { apiKey } = JSON.parse(readFileSync(join(folder, 'cloud', 'emulator-keys.json'), 'utf8'));
    const host = `http://127.0.0.1:${cloud.port}/cometchat/v3.0`;
    const env = {
      MEET_DATABASE_URL: databaseUrl,
      MEET_SECRET: SECRET,
      MEET_ADMIN_KEY: ADMIN_KEY,
      MEET_DATA_DIR: join(folder, `instance-${index}`),
      MEET_URL: `https://${NAME}`,
      MEET_TRUST_PROXY: '127.0.0.1',
      MEET_RATE_LIMIT: UNLIMITED,
      COMETCHAT_API_KEY: apiKey,
      COMETCHAT_HOST: host,
      COMETCHAT_ADMIN_HOST: host,
      COMETCHAT_CLIENT_HOST: host,
    };
    return startInstance(env, { port, cwd: join(folder, 'project') });
  };

  const makeProject = (path: string) => {
    const { appId } = JSON.parse(readFileSync(join(folder, 'cloud', 'emulator-keys.json'), 'utf8'));
    mkdirSync(path);
    writeFileSync(join(path, 'meet.config.json'), '{}');
    writeFileSync(join(path, 'cometchat-settings.json'), JSON.stringify({ appId, region: 'us' }));
  };

  const listAt = async ({ port }: Instance): Promise<Map<string, string>> => {
    const response = await fetch(`http://127.0.0.1:${port}/api/meetings`, {
      headers: { authorization: `Bearer ${ADMIN_KEY}` },
      signal: AbortSignal.timeout(20_000),
    });
    const { meetings } = (await response.json()) as { meetings: { sessionId: string; url: string }[] };
    expect(new Set(meetings.map(({ sessionId }) => sessionId)).size).toBe(meetings.length);
    return new Map(meetings.map(({ sessionId, url }) => [sessionId, url]));
  };

  const countTokenRows = async (): Promise<number> => {
    const database = new Client({ connectionString: databaseUrl });
    await database.connect();
    const { rows } = await database.query(
      "select count(*)::int as rows from audit where action = 'token' and outcome = 'ok'",
    );
    await database.end();
    return rows[0].rows;
  };

  /** What was promised is there, once, at every instance alike. */
  const checkPromises = async (tally: Tally) => {
    const [first = new Map(), ...others] = await Promise.all(instances.map(listAt));
    for (const other of others) expect(other).toEqual(first);
    for (const [sessionId, links] of tally.links) expect([...links]).toEqual([first.get(sessionId)]);
    expect([...tally.created.values()].filter(times => times > 1)).toEqual([]);
    expect(await countTokenRows()).toBeGreaterThanOrEqual(tally.tokens);
  };

  const tell = (what: string, { requests, tokens, misses, links }: Tally, more: string) =>
    process.stderr.write(
      `chaos: ${what}: ${requests} requests, ${links.size} meetings, ${tokens} tokens, ${misses.length} not answered well; ${more}\n`,
    );

  it('loses and doubles nothing while one after the other is killed', { timeout: 110_000 }, async () => {
    const load = startLoad(client, ADMIN_KEY, 'kill');
    const kills: { readonly from: number; readonly to: number }[] = [];
    const until = performance.now() + KILLING_MS;
    for (let turn = 0; performance.now() < until; turn++) {
      const index = turn % instances.length;
      const victim = instances[index] as Instance;
      const from = performance.now();
      await victim.kill('SIGKILL');
      kills.push({ from, to: performance.now() });
      await sleep(AWAY_MS);
      const [again] = await Promise.all([start(index, victim.port), sleep(KILL_EVERY_MS - AWAY_MS)]);
      instances[index] = again;
    }
    await load.stop();
    const wasUnderWay = ({ began, ended }: Miss) =>
      kills.some(({ from, to }) => began <= to && ended >= from);
    expect(load.tally.misses.filter(miss => !wasUnderWay(miss))).toEqual([]);
    tell(`${kills.length} times killed`, load.tally, 'all of those in flight at a kill');
    expect(kills.length).toBeGreaterThanOrEqual(6);
    expect(load.tally.links.size).toBeGreaterThan(100);
    await checkPromises(load.tally);
  });

  it('is back by itself after the database crashed', { timeout: 60_000 }, async () => {
    const load = startLoad(client, ADMIN_KEY, 'crash');
    await expect.poll(() => load.tally.tokens).toBeGreaterThan(50);
    await postgres.restart('immediate');
    const backAt = performance.now();
    const before = load.tally.tokens;
    await expect.poll(() => load.tally.tokens, { interval: 20 }).toBeGreaterThan(before + 200);
    await load.stop();
    const last = Math.max(backAt, ...load.tally.misses.map(({ ended }) => ended));
    tell('database crashed', load.tally, `all well ${Math.round(last - backAt)} ms after it was up`);
    expect(last - backAt).toBeLessThan(10_000);
    for (const { what } of load.tally.misses) expect(what).toMatch(/: 503 .*(STORE_FAILED|AWAY)/);
    await checkPromises(load.tally);
  });
});
