import { judgeRefusal } from '../explain/judge-refusal.ts';
import { pickWords } from '../explain/pick-words.ts';
import type { PageDriver } from '../page-driver.ts';
import { askSnapshot, type Person } from '../people/person.ts';
import { recogniseHue, recogniseTone } from '../people/recognise.ts';
import { smokeFailure } from '../phase.ts';
import { SECOND } from '../scene.ts';
import { limitSignal } from '../signals.ts';

/** How long a page may take to ask for devices, and to say that it was refused them, in milliseconds. */
const PATIENCE_MS = 5 * SECOND;
const LOOK_EVERY_MS = 100;

/**
 * What became of those whom the browser denied camera and microphone. SMOKE_FAILED where a page did not survive that, or
 * somebody sees or hears them.
 */
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
    await untilSettled(person, driver, limit.signal);
    const { words, fitting } = await readScreen(person, limit.signal);
    signal.throwIfAborted();
    const { name, chronicle, pageErrors } = person;
    const answers = (await askSnapshot(person)) !== null;
    const error = chronicle.since('refused')[0]?.error ?? null;
    return judgeRefusal(name, { error, answers, words, fitting, thrown: pageErrors[0] ?? null });
  } finally {
    limit.release();
  }
}

/** At the latest when the signal says so: a page may tell nothing of what it decided, or never ask. */
async function untilSettled(person: Person, driver: PageDriver, signal: AbortSignal): Promise<void> {
  try {
    await person.chronicle.until({ kind: 'refused', signal });
    await driver.untilSettled?.(person, { signal });
  } catch {
    // What there is to see then is looked at all the same.
  }
}

/** The page's words on devices, as soon as it has some. */
async function readScreen(person: Person, signal: AbortSignal): Promise<ReturnType<typeof pickWords>> {
  for (;;) {
    const screen = pickWords(await readText(person));
    if (screen.fitting || signal.aborted) return screen;
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
