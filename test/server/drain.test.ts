import { describe, expect, it } from 'vitest';
import { createDrain } from '../../src/server/drain.ts';
import { ADMIN_KEY, createMeeting, startHarness } from './harness.ts';

describe('a server that drains', () => {
  it('is not ready, lives, and answers all else, each time as the last on the connection', async () => {
    const drain = createDrain();
    const failures: unknown[] = [];
    const harness = await startHarness({ drain, onFailure: error => failures.push(error) });
    const { as } = harness;
    expect((await as(undefined)('GET', '/readyz')).headers.connection).not.toBe('close');
    drain.start();
    expect(await as(undefined)('GET', '/readyz')).toMatchObject({
      status: 503,
      body: { code: 'UNAVAILABLE', error: 'This server stops; ask another one.' },
      headers: { connection: 'close' },
    });
    expect(failures).toEqual([]);
    expect((await as(undefined)('GET', '/healthz')).status).toBe(200);
    const { sessionId } = await createMeeting(harness);
    expect(await as(ADMIN_KEY)('GET', `/api/meetings/${sessionId}`)).toMatchObject({ status: 200 });
  });

  it('waits for what is under way, and no longer than it should', async () => {
    const drain = createDrain();
    let release = () => {};
    const held = new Promise<void>(resolve => {
      release = resolve;
    });
    const { store } = await startHarness();
    const list = async () => {
      await held;
      return store.list();
    };
    const { as } = await startHarness({ drain, store: { ...store, list } });
    const answer = as(ADMIN_KEY)('GET', '/api/meetings');
    let settled = false;
    await drain.settle(20);
    const settling = drain.settle(60_000).then(() => {
      settled = true;
    });
    expect(settled).toBe(false);
    release();
    expect((await answer).status).toBe(200);
    await settling;
    await drain.settle(60_000);
  });
});
