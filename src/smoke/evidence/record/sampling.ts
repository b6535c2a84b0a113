import type { Person } from '../../people/person.ts';
import { type RawSample, SAMPLE_MS } from '../sample.ts';

/** An hour of one person; a longer look is no smoke test. */
const MOST_SAMPLES = 7200;

/**
 * Lets a page tell its statistics, twice a second, in every frame that has connections. The page tells by itself: nobody
 * asks, so that a page that hangs holds up nothing.
 */
export async function sampleStats(person: Person, onSample: (sample: RawSample) => void): Promise<void> {
  let told = 0;
  person.hear('__meetSample', sample => {
    told += 1;
    if (told <= MOST_SAMPLES) onSample(sample);
  });
  await person.page.addInitScript(TELL);
}

/** Runs in the page. As text: bundlers put calls of their own helpers into functions, which a page does not have. */
const TELL = `setInterval(async () => {
  try {
    const sample = await window.__meetProbe?.takeSample();
    if (sample?.connections.length > 0) await window.__meetSample(sample);
  } catch {
    // a connection closed, or the page went, while it was asked
  }
}, ${SAMPLE_MS});`;
