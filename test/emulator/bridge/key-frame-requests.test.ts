import { expect, it } from 'vitest';
import { createKeyFrameRequests } from '../../../src/emulator/bridge/key-frame-requests.ts';

/** When the sender is asked within `untilMs`, looked for every 20 ms. */
function askedAt(
  requests: ReturnType<typeof createKeyFrameRequests>,
  fromMs: number,
  untilMs: number,
): number[] {
  const times: number[] = [];
  for (let nowMs = fromMs; nowMs < untilMs; nowMs += 20) if (requests.due(nowMs)) times.push(nowMs);
  return times;
}

it('asks at once, and for nobody never', () => {
  const requests = createKeyFrameRequests();
  expect(requests.due(0)).toBe(false);
  requests.need();
  expect(requests.due(0)).toBe(true);
});

it('asks once for many who need the same', () => {
  const requests = createKeyFrameRequests();
  const asked = Array.from({ length: 10 }, (_, i) => {
    requests.need();
    return requests.due(i * 20);
  });
  expect(asked.filter(Boolean)).toHaveLength(1);
});

it('does not lose what is needed soon after a key frame', () => {
  const requests = createKeyFrameRequests();
  requests.need();
  requests.due(0);
  requests.settle();
  requests.need();
  expect(askedAt(requests, 20, 600)).toEqual([300]);
});

it('asks again until a key frame comes, less and less often', () => {
  const requests = createKeyFrameRequests();
  requests.need();
  expect(askedAt(requests, 0, 12_000)).toEqual([0, 300, 900, 2_100, 4_500, 9_300]);
  requests.settle();
  expect(askedAt(requests, 20_000, 21_000)).toEqual([]);
});

it('makes nobody wait longer because somebody before them waited long', () => {
  const requests = createKeyFrameRequests();
  requests.need();
  askedAt(requests, 0, 4_600);
  requests.settle();
  requests.need();
  expect(askedAt(requests, 4_600, 5_000)).toEqual([4_800]);
});

it('asks soon when a source is heard again, and not less and less while it is', () => {
  const requests = createKeyFrameRequests();
  requests.need();
  askedAt(requests, 0, 7_000);
  requests.hear();
  expect(requests.due(7_000)).toBe(true);
  requests.hear();
  expect(askedAt(requests, 7_020, 7_620)).toEqual([7_600]);
});
