import { MeetError } from './errors.ts';

/** One audio call fits into the least, and no machine's loopback reaches the most. */
const [LEAST, MOST] = [8_000, 10_000_000_000];
const FACTORS: Readonly<Record<string, number>> = { '': 1, k: 1e3, m: 1e6, g: 1e9 };
const FORM = /^(\d+(?:\.\d+)?) ?([kmg]?)(?:bit|bits|bps|bit\/s)?$/;

/**
 * Reads `300k`, `1.5M`, `64 kbit`, `2Mbps` as bits per second, with factors of 1000. Throws `BAD_REQUEST` for anything
 * else, for less than 8 kbit/s and for more than 10 Gbit/s.
 */
export function parseBandwidth(text: string): number {
  const [, number = '', unit = ''] = FORM.exec(text.trim().toLowerCase()) ?? [];
  const bits = number === '' ? Number.NaN : Math.round(Number(number) * (FACTORS[unit] ?? Number.NaN));
  if (bits >= LEAST && bits <= MOST) return bits;
  throw new MeetError(
    'BAD_REQUEST',
    `${JSON.stringify(text)} is not a bandwidth; write bits per second from 8k to 10G, like 300k or 1.5M.`,
  );
}
