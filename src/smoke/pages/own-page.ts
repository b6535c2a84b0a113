import type { MeetError } from '../../core/errors.ts';
import { explainCamera } from '../explain/explain-media.ts';
import { type PhaseName, smokeFailure } from '../phase.ts';
import type { HappeningOf } from './happening.ts';
import { askSnapshot, type Person } from './person.ts';

/**
 * The SDK's own button. v4 by its title and by its class; v5 by what its button says. The label is localised, the
 * class is not.
 */
const LEAVE_BUTTON = [
  '[title="End call"]',
  '.cc-end-call-icon-container',
  '[title="Leave session" i]',
  '[title="Leave" i]',
  '[aria-label*="leave" i]',
].join(', ');

/** Opens the link, says who she is and presses Join as soon as the page lets her. */
export async function openAndJoin({ page, name }: Person, url: string): Promise<void> {
  await page.goto(url, { waitUntil: 'commit' });
  await page.fill('#name', name);
  await page.click('#join');
}

export async function pressLeave({ page }: Person): Promise<void> {
  await page.locator(LEAVE_BUTTON).first().click();
}

export async function pressRejoin({ page }: Person): Promise<void> {
  await page.click('#rejoin');
}

/** Waits for a state of the join page; a page that ends up denied or failed instead says why. */
export async function reachState(
  person: Person,
  state: string,
  wait: { from?: number; signal: AbortSignal },
): Promise<HappeningOf<'state'>> {
  const happening = await person.chronicle.until({
    kind: 'state',
    fits: told => told.state === state || isDeadEnd(told),
    ...wait,
  });
  if (happening.state === state) return happening;
  throw await blame(person, happening);
}

/** Which of our phases a failure on the page belongs to. */
const PHASE_OF_PAGE: Readonly<Record<string, PhaseName>> = {
  facts: 'page',
  identity: 'token',
  authorize: 'token',
  token: 'token',
  sdk: 'page',
  init: 'page',
  login: 'token',
  join: 'join',
};

function isDeadEnd({ state }: HappeningOf<'state'>): boolean {
  return state === 'denied' || state === 'failed';
}

async function blame(person: Person, end: HappeningOf<'state'>): Promise<MeetError> {
  // SDK v4 does not dial at all with neither camera nor microphone; the page says so, the probe knows why.
  if (end.code === 'NO_DEVICES') {
    const snapshot = await askSnapshot(person);
    const reason = snapshot && explainCamera(person.name, snapshot);
    return smokeFailure(reason ?? `${person.name} has neither camera nor microphone`, 'camera');
  }
  return smokeFailure(describeDeadEnd(person.name, end), PHASE_OF_PAGE[end.phase ?? '']);
}

function describeDeadEnd(name: string, { state, code, phase }: HappeningOf<'state'>): string {
  const reason = code ? `: ${code}` : '';
  if (state === 'denied') return `${name} was not let in${reason}`;
  return `${name}'s page failed${phase ? ` at ${phase}` : ''}${reason}`;
}
