import type { PageDriver } from '../page-driver.ts';
import { hurry } from '../pages/find-control.ts';
import { type Switch, untilSwitch } from '../pages/switches.ts';
import { askSnapshot, type Person } from '../people/person.ts';
import { smokeFailure } from '../phase.ts';
import { SECOND } from '../scene.ts';
import { within } from './within.ts';

/**
 * A way out may take five seconds to show up, and SDK v4 acts on its own one second after the click. With the two seconds
 * of asking why it must be less than the ten in which a leaver has to be missed, or the blame falls on the others.
 */
const LEAVE_LIMIT_MS = 7 * SECOND;
/** A button that moves, or lies under something, is waited for. */
const CLICK_LIMIT_MS = 5 * SECOND;

/** Presses what leaves the call; resolves to when the page acted on it (milliseconds since the epoch). Throws SMOKE_FAILED. */
export function pressLeave(driver: PageDriver, person: Person, signal: AbortSignal): Promise<number> {
  const explain = () => explainPress(person, `${person.name} pressed the leave button, but did not leave`);
  return within({ ms: LEAVE_LIMIT_MS, signal, explain }, limited => driver.leave(person, limited));
}

/**
 * Presses a switch of somebody's; resolves to when (milliseconds since the epoch), or to null where her page has none.
 * Throws SMOKE_FAILED when the page takes no click.
 */
export async function pressSwitch(
  person: Person,
  which: Switch,
  { now, signal }: { now: () => number; signal: AbortSignal },
): Promise<number | null> {
  const button = await untilSwitch(person, which, signal);
  if (!button) {
    if (await askSnapshot(person)) return null;
    throw smokeFailure(describeSilence(person));
  }
  const explain = () => explainPress(person, `the button for ${person.name}'s ${which} took no click`);
  return within({ ms: CLICK_LIMIT_MS, signal, explain }, async limited => {
    // Until it could be clicked it was not: the time for that is nobody's.
    await hurry(button.click({ timeout: 0, trial: true }), limited);
    const pressedAt = now();
    await hurry(button.click({ timeout: 0 }), limited);
    return pressedAt;
  });
}

async function explainPress(person: Person, words: string): Promise<string> {
  return (await askSnapshot(person)) ? words : describeSilence(person);
}

/** For a page that hangs, or is gone. */
export function describeSilence({ name }: Person): string {
  return `${name}'s page does not answer any more`;
}
