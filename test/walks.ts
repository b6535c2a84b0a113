import { vi } from 'vitest';

const WALKS = ['keys', 'values', 'entries', 'forEach', Symbol.iterator] as const;

/**
 * How often a Map is walked through, or its first entry is looked for anew, while `run` runs. Either costs more the more is in
 * it, or has been, so what should cost the same however much there is does neither.
 */
export function countWalks(run: () => void): number {
  const spies = WALKS.map(name => vi.spyOn(Map.prototype, name));
  try {
    run();
    return spies.reduce((sum, spy) => sum + spy.mock.calls.length, 0);
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}
