import { expect, it } from 'vitest';
import { within } from '../../../src/smoke/scenarios/within.ts';
import { rejectOn } from '../../../src/smoke/signals.ts';

const never = new AbortController().signal;
const explain = () => 'nobody came';

it('gives what the work gives', async () => {
  expect(await within({ ms: 1000, signal: never, explain }, async () => 'done')).toBe('done');
});

it('ends the work when its time is over, and says why in the words of the explanation', async () => {
  let ended: AbortSignal | undefined;
  const work = (signal: AbortSignal) => {
    ended = signal;
    return rejectOn(signal);
  };
  const waiting = within({ ms: 5, signal: never, explain }, work);
  await expect(waiting).rejects.toMatchObject({
    code: 'SMOKE_FAILED',
    message: 'nobody came (waited 0.005 s)',
  });
  expect(ended?.aborted).toBe(true);
});

it('leaves other failures, and the end of the whole scenario, as they are', async () => {
  const fail = () => Promise.reject(new Error('broken'));
  await expect(within({ ms: 1000, signal: never, explain }, fail)).rejects.toThrow('broken');
  const ending = new AbortController();
  const waiting = within({ ms: 1000, signal: ending.signal, explain }, rejectOn);
  ending.abort(new Error('over'));
  await expect(waiting).rejects.toThrow('over');
});
