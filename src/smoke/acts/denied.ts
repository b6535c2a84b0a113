import { pickWords } from '../explain/pick-words.ts';
import type { PageDriver } from '../page-driver.ts';
import type { Person } from '../people/person.ts';
import { recogniseHue, recogniseTone } from '../people/recognise.ts';
import { smokeFailure } from '../phase.ts';
import { SECOND } from '../scene.ts';
import { limitSignal } from '../signals.ts';

/** How long a page may take to ask for devices, and to say that it was refused them, in milliseconds. */
const PATIENCE_MS = 5 * SECOND;
const LOOK_EVERY_MS = 100;

/** What became of those whom the browser denied camera and microphone. SMOKE_FAILED where somebody sees or hears them. */
export async function describeRefusals(
  people: readonly Person[],
  driver: PageDriver,
  signal: AbortSignal,
): Promise<Map<Person, string>> {
  const denied = people.filter(({ role }) => role === 'denied');
  const told = await Promise.all(
    denied.map(
      async (person): Promise<[Person, string]> => [person, await describeRefusal(person, driver, signal)],
    ),
  );
  for (const person of denied) refuseToBeSeen(person, people);
  return new Map(told);
}

async function describeRefusal(person: Person, driver: PageDriver, signal: AbortSignal): Promise<string> {
  const limit = limitSignal(signal, PATIENCE_MS, 'said nothing');
  try {
    const { error } = await person.chronicle.until({ kind: 'refused', signal: limit.signal });
    await driver.untilSettled?.(person, { signal: limit.signal });
    const words = await readScreen(person, limit.signal);
    return `${person.name} was refused her devices (${error}), and her page ${words}`;
  } catch {
    signal.throwIfAborted();
    return person.chronicle.since('refused').length > 0
      ? `${person.name} was refused her devices, and her page ${await readScreen(person, limit.signal)}`
      : `${person.name}'s page never asked for the devices that she is denied`;
  } finally {
    limit.release();
  }
}

/** The page's words on devices, as soon as it has some. */
async function readScreen(person: Person, signal: AbortSignal): Promise<string> {
  for (;;) {
    const { words, fitting } = pickWords(await readText(person));
    if (fitting || signal.aborted) return words ? `says "${words}"` : 'says nothing';
    await new Promise(resolve => setTimeout(resolve, LOOK_EVERY_MS));
  }
}

async function readText({ page }: Person): Promise<string> {
  const texts = page.frames().map(frame =>
    // biome-ignore lint/performance/useDomNodeTextContent: what is hidden is not said, so the rendered text it is
    frame.innerText('body', { timeout: SECOND }).catch(() => ''),
  );
  return (await Promise.all(texts)).join('\n');
}

function refuseToBeSeen(denied: Person, people: readonly Person[]): void {
  for (const { name, chronicle } of people) {
    const seen = chronicle.since('seen').some(({ hue }) => recogniseHue(hue, people) === denied);
    const heard = chronicle.since('heard').some(({ hertz }) => recogniseTone(hertz, people) === denied);
    if (seen || heard)
      throw smokeFailure(
        `the browser refuses ${denied.name} camera and microphone, but ${name} ${seen ? 'sees' : 'hears'} her`,
      );
  }
}
