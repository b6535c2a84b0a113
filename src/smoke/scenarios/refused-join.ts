import type { Page, Route } from 'playwright-core';
import { fullMember } from '../people/cast.ts';
import { inviteCompany } from '../people/company.ts';
import { smokeFailure } from '../phase.ts';
import { SECOND } from '../scene.ts';
import { endsWithin } from '../signals.ts';
import type { Scenario, Stage } from './scenario.ts';
import { noteShown, type UntilTold } from './shown-text.ts';

/** How long a page may take to get as far as the SDK's join, and how long it may then take to say a word. */
const REFUSED_LIMIT_MS = 20 * SECOND;
const TOLD_LIMIT_MS = 5 * SECOND;
const NAME = 'alice';

const RULE = 'web/join-result-unchecked';
const FIX =
  'Read `error` of what `joinSession` resolves with, and show it (SDK v4: `onError` of the listener, which alone is told)';

export const refusedJoin: Scenario = {
  name: 'refused-join',
  title: 'CometChat refuses the join of one more person: her page says so, and does not wait for ever',
  limitMs: 60 * SECOND,
  unfit: () => null,
  async play(stage) {
    const { scene } = stage;
    const { refused, noise } = await openRefused(stage);
    // Two have met on this page before: what did not ask now is not CometChat's.
    if (!(await endsWithin(refused, REFUSED_LIMIT_MS)))
      return { skipped: true, detail: `${NAME}'s page asked CometChat for no join that could be refused` };
    const { untilTold, refusedAt } = await refused;
    if (await untilTold(TOLD_LIMIT_MS)) {
      const toldMs = scene.options.now() - refusedAt;
      return { detail: `the page said so after ${toldMs} ms`, figures: { toldMs } };
    }
    const words = `the join was refused, and the page had said nothing ${TOLD_LIMIT_MS / SECOND} s later${noise()}`;
    const finding = { ruleId: RULE, severity: 'error', message: `${words}. ${FIX}`, person: NAME } as const;
    scene.options.linter?.add({ ...finding, t: refusedAt });
    throw smokeFailure(`${words} (${RULE})`);
  },
};

interface Visit {
  readonly refused: Promise<Refusal>;
  /** What only a developer sees. */
  noise(): string;
}

interface Refusal {
  readonly untilTold: UntilTold;
  /** Milliseconds since the epoch. */
  readonly refusedAt: number;
}

async function openRefused({ scene, venue, browser, signal }: Stage): Promise<Visit> {
  const session = await venue.openSession();
  for (const watcher of scene.watchers) watcher.onSession?.(session);
  const cast = { members: [fullMember(NAME)], sameProfile: false };
  const [person] = await inviteCompany(
    scene,
    () => browser,
    cast,
    () => {},
  );
  if (!person) throw new Error('nobody came');
  const { page, pageErrors } = person;
  const refused = refuseJoin(page, scene.options.now);
  // A page that was refused may never be in: the driver's own wait for that is not ours.
  venue.driver.enter(person, session.linkFor(NAME), signal).catch(() => {});
  const noise = () => (pageErrors.length > 0 ? '; an error that nobody caught is all there is' : '');
  return { refused, noise };
}

/** Resolves when the page was refused for the first time; every later try is refused as well. */
function refuseJoin(page: Page, now: () => number): Promise<Refusal> {
  return new Promise((resolve, reject) => {
    const refuseOne = async (route: Route) => {
      if (route.request().method() !== 'GET') return route.fallback();
      const untilTold = await noteShown(page);
      await answerRefusal(route);
      resolve({ untilTold, refusedAt: now() });
    };
    page.route(/\/call_tokens(\?|$)/, route => refuseOne(route).catch(reject)).catch(reject);
  });
}

/** As CometChat words it. */
function answerRefusal(route: Route): Promise<void> {
  const error = { code: 'AUTH_ERR_INVALID_TOKEN', message: 'The call token is not valid.' };
  const headers = { 'access-control-allow-origin': route.request().headers().origin ?? '*' };
  return route.fulfill({ status: 401, headers, json: { error } });
}
