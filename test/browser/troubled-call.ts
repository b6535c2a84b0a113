import type { Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import { readMotions, watchCalls } from './call-watch.ts';
import type { House } from './house.ts';
import { untilSeen, untilState } from './page-watch.ts';

/** A fault, from and until when it was on in milliseconds since the epoch; until is NaN where it has no end. */
export interface AddedFault {
  readonly id: string;
  readonly from: number;
  readonly until: number;
}

/** A meeting in which things go wrong. */
export interface Trouble {
  /** Adds a fault in this meeting, and for the test's time at most. */
  add(fault: object): Promise<AddedFault>;
  /** Takes it back; gives when, in milliseconds since the epoch. */
  end(fault: AddedFault): Promise<number>;
  visit(uid: string): Promise<Page>;
  join(uid: string): Promise<Page>;
  /** Alice and Bob, who see each other. */
  pair(): Promise<{ alice: Page; bob: Page }>;
}

export async function openTrouble(house: House): Promise<Trouble> {
  const { url, sessionId } = await house.createMeeting();
  const visit = (uid: string) => house.visit(url, { as: uid, prepare: watchCalls });
  const join = async (uid: string) => {
    const page = await visit(uid);
    await page.click('#join');
    await untilState(page, 'joined');
    return page;
  };
  onTestFinished(async () => {
    await house.manage('DELETE', '/api/faults');
  });
  return {
    visit,
    join,
    async add(fault) {
      const added = await house.manage('POST', '/api/faults', { sessionId, ...fault });
      const { id = '', createdAt = '', until = '' } = added;
      return { id, from: Date.parse(createdAt), until: Date.parse(until) };
    },
    async end({ id }) {
      await house.manage('DELETE', `/api/faults/${id}`);
      return Date.now();
    },
    async pair() {
      const [alice, bob] = [await join('alice'), await join('bob')];
      await Promise.all([untilSeen(alice), untilSeen(bob)]);
      return { alice, bob };
    },
  };
}

/** When pictures first moved in a page at or after `moment`; both in milliseconds since the epoch. */
export async function untilMotion(page: Page, moment: number, patienceMs = 30_000): Promise<number> {
  for (const deadline = Date.now() + patienceMs; Date.now() < deadline; await page.waitForTimeout(50)) {
    const first = (await readMotions(page)).find(at => at >= moment);
    if (first !== undefined) return first;
  }
  throw new Error(`no picture moved within ${patienceMs} ms`);
}

/** Tells who runs the tests; `npm run recovery` shows these lines alone. */
export function reportRecovery(what: string, times: Readonly<Record<string, number>>): void {
  const list = Object.entries(times).map(([who, ms]) => `${who} ${Math.round(ms)} ms`);
  process.stderr.write(`recovery  ${what}: ${list.join(', ')}\n`);
}
