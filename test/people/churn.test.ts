import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type RunningServer, startServer } from '../../src/cli/compose.ts';
import type { Meeting } from './doors.ts';
import { moreThan, readHolding } from './holding.ts';
import { enterAlone } from './lone-person.ts';

const VISITS = 200;
/** The first visits fill caches: compiled code, statements, the trace's memory of the last few hundred events. */
const WARM_UP = 50;
/** One forgotten seat at the bridge in each visit would be 18 MB. */
const GROWTH_BYTES = 4 * 2 ** 20;

let folder: string;
let server: RunningServer;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'meet-churn-'));
  const env = { MEET_RATE_LIMIT: '100000' };
  server = await startServer({ dataDir: join(folder, '.meet'), projectDir: folder, env, port: 0 });
});
afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true });
});

async function createMeeting(): Promise<Meeting> {
  const response = await fetch(`${server.url}/api/meetings`, {
    method: 'POST',
    headers: { authorization: `Bearer ${server.adminKey}`, 'content-type': 'application/json' },
    body: '{}',
  });
  return (await response.json()) as Meeting;
}

it(`${VISITS} joins and leaves in a row leave neither memory nor handles behind`, {
  timeout: 120_000,
}, async () => {
  const meeting = await createMeeting();
  const visit = async () => (await enterAlone({ server: server.url, meeting, uid: 'alice' })).leave();
  for (let i = 0; i < WARM_UP; i++) await visit();
  const before = readHolding();
  for (let i = 0; i < VISITS; i++) await visit();
  // Sockets close a moment after they were told to.
  await expect.poll(() => moreThan(before, readHolding()), { timeout: 5_000 }).toEqual([]);
  expect(readHolding().heapBytes - before.heapBytes).toBeLessThan(GROWTH_BYTES);
});
