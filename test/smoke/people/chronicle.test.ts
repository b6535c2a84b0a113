import { describe, expect, it } from 'vitest';
import { createChronicle } from '../../../src/smoke/people/chronicle.ts';

const never = new AbortController().signal;

describe('a chronicle', () => {
  it('finds what was told before the wait', async () => {
    const chronicle = createChronicle();
    chronicle.add({ t: 1, kind: 'heard', hertz: 440 });
    expect(await chronicle.until({ kind: 'heard', signal: never })).toEqual({
      t: 1,
      kind: 'heard',
      hertz: 440,
    });
  });

  it('waits for what comes after a mark', async () => {
    const chronicle = createChronicle();
    chronicle.add({ t: 1, kind: 'quiet' });
    const wait = chronicle.until({ kind: 'quiet', from: chronicle.mark(), signal: never });
    chronicle.add({ t: 2, kind: 'quiet' });
    expect((await wait).t).toBe(2);
  });

  it('passes over what does not fit', async () => {
    const chronicle = createChronicle();
    const wait = chronicle.until({ kind: 'heard', fits: ({ hertz }) => hertz > 900, signal: never });
    chronicle.add({ t: 1, kind: 'heard', hertz: 440 });
    chronicle.add({ t: 2, kind: 'quiet' });
    chronicle.add({ t: 3, kind: 'heard', hertz: 1030 });
    expect((await wait).t).toBe(3);
  });

  it("ends a wait with the signal's reason", async () => {
    const ending = new AbortController();
    const wait = createChronicle().until({ kind: 'quiet', signal: ending.signal });
    ending.abort(new Error('over'));
    await expect(wait).rejects.toThrow('over');
  });

  it('tells what happened since a mark', () => {
    const chronicle = createChronicle();
    chronicle.add({ t: 1, kind: 'sending' });
    const from = chronicle.mark();
    chronicle.add({ t: 2, kind: 'sending' });
    expect(chronicle.since('sending', from).map(({ t }) => t)).toEqual([2]);
  });
});
