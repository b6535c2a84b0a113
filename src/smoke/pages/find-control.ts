import type { Frame, Locator, Page } from 'playwright-core';
import { smokeFailure } from '../phase.ts';
import { rejectOn } from '../signals.ts';
import type { Locate } from './usual-controls.ts';

/** Milliseconds between two looks, and for a frame that is busy loading. */
const LOOK_MS = 50;
const FRAME_LIMIT_MS = 1000;

/** The first visible match in any frame of the page, the outermost first; null when there is none now. */
export async function findControl(page: Page, locate: Locate): Promise<Locator | null> {
  const found = await Promise.all(page.frames().map(frame => lookInto(frame, locate)));
  return found.find(locator => locator !== null) ?? null;
}

/** As `findControl`, until there is one. By looking again: frames come and go, and a wait would be for one of them. */
export async function untilControl(page: Page, locate: Locate, signal: AbortSignal): Promise<Locator> {
  const ended = rejectOn(signal);
  for (;;) {
    const found = await Promise.race([findControl(page, locate), ended]);
    if (found) return found;
    await Promise.race([new Promise(resolve => setTimeout(resolve, LOOK_MS)), ended]);
  }
}

/** The first of some ways that shows up, earlier ways first; null when none does within `ms`. */
export async function untilControlWithin(
  page: Page,
  ways: readonly Locate[],
  { signal, ms }: { signal: AbortSignal; ms: number },
): Promise<Locator | null> {
  const ended = rejectOn(signal);
  const end = performance.now() + ms;
  do {
    for (const way of ways) {
      const found = await Promise.race([findControl(page, way), ended]);
      if (found) return found;
    }
    await Promise.race([new Promise(resolve => setTimeout(resolve, LOOK_MS)), ended]);
  } while (performance.now() < end);
  return null;
}

/** A click or a fill that ends with the signal; what is under way then ends with the page. */
export async function hurry<T>(action: Promise<T>, signal: AbortSignal): Promise<T> {
  action.catch(() => {});
  return Promise.race([action, rejectOn(signal)]);
}

/** What buttons and links say in all frames, at most a handful; to tell what could have been meant. */
export async function listControls(page: Page): Promise<string[]> {
  const texts = await Promise.all(
    page.frames().map(frame => {
      const pressable = frame.locator('button, a[href], [role=button]').filter({ visible: true });
      return withinLimit(pressable.allInnerTexts(), []);
    }),
  );
  const labels = texts.flat().map(text => text.trim().replace(/\s+/g, ' ').slice(0, LONGEST_LABEL));
  return [...new Set(labels.filter(Boolean))].slice(0, MOST_LISTED);
}

/** What a page tells its user, in the first frame that does, as an alert or a status; '' for nothing. */
export async function readMessage(page: Page): Promise<string> {
  const texts = await Promise.all(
    page.frames().map(frame => {
      const messages = frame.locator('[role=alert], [role=status]').filter({ visible: true });
      return withinLimit(messages.allInnerTexts(), []);
    }),
  );
  const [message = ''] = texts
    .flat()
    .map(text => text.trim().replace(/\s+/g, ' '))
    .filter(Boolean);
  return message.slice(0, LONGEST_MESSAGE);
}

const LONGEST_MESSAGE = 140;
const MOST_LISTED = 6;
const LONGEST_LABEL = 30;

async function lookInto(frame: Frame, locate: Locate): Promise<Locator | null> {
  const locator = locate(frame).filter({ visible: true }).first();
  return (await withinLimit(locator.isVisible(), false)) ? locator : null;
}

/** A frame that goes away or does not answer has nothing; a selector that is none is a failure. */
async function withinLimit<T>(asked: Promise<T>, otherwise: T): Promise<T> {
  const late = new Promise<T>(resolve => setTimeout(resolve, FRAME_LIMIT_MS, otherwise).unref());
  return Promise.race([asked, late]).catch((error: Error) => {
    const [line = ''] = error.message.split('\n', 1);
    if (/parsing|valid selector|[Uu]nknown engine|Malformed/.test(line))
      throw smokeFailure(`a selector cannot be read: ${line.replace(/^[\w.]+: /, '')}`, 'page');
    return otherwise;
  });
}
