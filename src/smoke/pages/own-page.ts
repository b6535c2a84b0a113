import type { MeetError } from '../../core/errors.ts';
import { explainCamera } from '../explain/explain-media.ts';
import { explainStuckPeople } from '../explain/explain-people.ts';
import type { DriverWait, PageDriver } from '../page-driver.ts';
import type { HappeningOf } from '../people/happening.ts';
import { askSnapshot, type Person } from '../people/person.ts';
import { type PhaseName, smokeFailure } from '../phase.ts';

/**
 * The SDK's own button. v4 by its title and by its class; v5 by what its button says. The label is localised, the
 * class is not.
 */
export const LEAVE_BUTTON = [
  '[title="End call"]',
  '.cc-end-call-icon-container',
  '[title="Leave session" i]',
  '[title="Leave" i]',
  '[aria-label*="leave" i]',
].join(', ');

/** Milliseconds within which the other side has to see that somebody is gone. */
const GONE_BUDGET_MS = 1000;

/** Our own join page: it tells its state, and the SDK's events. */
export function createOwnPage(): PageDriver {
  return {
    goneBudgetMs: GONE_BUDGET_MS,
    async enter(person, url, signal) {
      // Armed first, so that a page that ends in a denial is not waited for at its button.
      const loaded = untilSdkLoaded(person, signal);
      await Promise.race([openAndJoin(person, url), loaded]);
      await loaded;
    },
    async untilJoined(person, wait) {
      await reachState(person, 'joined', wait);
    },
    async untilSettled({ chronicle }, wait) {
      await chronicle.until({
        kind: 'state',
        fits: told => told.state === 'joined' || isDeadEnd(told),
        ...wait,
      });
    },
    async leave(person, signal) {
      const from = person.chronicle.mark();
      // Not timed from the click: SDK v4 itself acts on its button only a second later (a debounce).
      const began = person.chronicle.until({ kind: 'event', fits: isLeaveEvent, from, signal });
      const left = reachState(person, 'left', { from, signal });
      // Side by side: a button that cannot be pressed must not keep the other wait's end from being heard.
      await Promise.all([left, person.page.locator(LEAVE_BUTTON).first().click()]);
      return (await began).t;
    },
    async rejoin(person, signal) {
      const joined = reachState(person, 'joined', { from: person.chronicle.mark(), signal });
      await Promise.race([person.page.click('#rejoin'), joined]);
      await joined;
    },
    async untilNoted({ chronicle }, wait) {
      const told = await chronicle.until({ kind: 'event', fits: isDeparture, ...wait });
      return told.t;
    },
    explainStuck: explainStuckPeople,
    explainStaying,
  };
}

async function openAndJoin({ page, name }: Person, url: string): Promise<void> {
  await page.goto(url, { waitUntil: 'commit' });
  await page.fill('#name', name);
  await page.click('#join');
}

/**
 * Until the SDK's script has run and the page goes on to use it. Join can be pressed before that and after: the lobby runs the
 * script when nobody is disturbed by it. So a page whose script never ends has not loaded, whoever was quicker.
 */
async function untilSdkLoaded(person: Person, signal: AbortSignal): Promise<void> {
  const used = person.chronicle.until({ kind: 'event', fits: ({ name }) => name === SDK_USED, signal });
  // A page that was too quick for its list of events to be read is joined already.
  await Promise.race([used, reachState(person, 'joined', { signal })]);
}

/** What our page notes when the SDK is there, and is set up for the call. */
const SDK_USED = 'phase:init';

function isLeaveEvent({ name }: HappeningOf<'event'>): boolean {
  return name === 'onLeaveSessionButtonClicked';
}

function isDeparture({ name }: HappeningOf<'event'>): boolean {
  return name === 'onParticipantLeft';
}

function explainStaying(leaver: Person, other: Person, how: string): string {
  const state = leaver.chronicle.since('state').at(-1)?.state ?? 'no state';
  if (!leaver.page.isClosed() && state !== 'left')
    return `${leaver.name} ${how}, but the page stayed '${state}'`;
  return other.chronicle.since('event').some(isDeparture)
    ? `${leaver.name} ${how}; ${other.name}'s page noted it, but went on showing ${leaver.name}`
    : `${leaver.name} ${how}, but ${other.name}'s page was never told`;
}

/** Waits for a state of the join page; a page that ends up denied or failed instead says why. */
async function reachState(person: Person, state: string, wait: DriverWait): Promise<HappeningOf<'state'>> {
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
