/** What counts as silence and as loud: decibels below the loudest there can be. */
const SILENCE_DB = -60;
const LOUD_DB = -12;

/** How loud samples of -1 to 1 are, from 0 to 1, as the ear counts: by their power, in decibels. */
export function loudness(samples: ArrayLike<number>): number {
  let power = 0;
  for (let i = 0; i < samples.length; i++) power += (samples[i] as number) ** 2;
  const decibels = 10 * Math.log10(power / Math.max(1, samples.length) || 1e-12);
  return Math.min(1, Math.max(0, (decibels - SILENCE_DB) / (LOUD_DB - SILENCE_DB)));
}
