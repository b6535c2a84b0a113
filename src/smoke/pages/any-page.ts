import type { Locator } from 'playwright-core';
import { describeControls, explainVisit } from '../explain/explain-visit.ts';
import type { DriverWait, PageDriver } from '../page-driver.ts';
import { askSnapshot, type Person } from '../people/person.ts';
import { smokeFailure } from '../phase.ts';
import { SECOND } from '../scene.ts';
import { withOwnSignal } from '../signals.ts';
import { fillIn, type Words } from './fill-in.ts';
import {
  findControl,
  hurry,
  listControls,
  readMessage,
  untilControl,
  untilControlWithin,
} from './find-control.ts';
import { openLink } from './open-link.ts';
import { LEAVE_BUTTON } from './own-page.ts';
import type { PagePlan } from './page-plan.ts';
import { type Locate, locateJoin, locateLeave } from './usual-controls.ts';
import { createTraffic, type Visit } from './visit.ts';

/** Where the backend tells the others; where only ICE does, it takes 5.1 s to notice a closed tab. */
const TOLD_BUDGET_MS = 1 * SECOND;
const UNTOLD_BUDGET_MS = 8 * SECOND;

/** How long a way out may take to show up, and a way back in. */
const LEAVE_LOOK_MS = 5 * SECOND;
const REJOIN_LOOK_MS = 1 * SECOND;

/** Any page, by what the probe tells and by its buttons. `wordsFor`: what is filled in for somebody at a link. */
export function createAnyPage(plan: PagePlan, wordsFor: (name: string, url: string) => Words): PageDriver {
  const visits = new Map<Person, Visit>();
  const traffic = createTraffic();
  const locateIn: Locate = plan.join === undefined ? locateJoin : by(plan.join);
  const waysOut = plan.leave === undefined ? [by(LEAVE_BUTTON), locateLeave] : [by(plan.leave)];

  async function enter(person: Person, url: string, signal: AbortSignal): Promise<void> {
    const words = wordsFor(person.name, url);
    const visit: Visit = { url, words, from: person.chronicle.mark(), stage: { name: 'opening' } };
    visits.set(person, visit);
    traffic.follow(person.page);
    await openLink(person, url, signal);
    for (const { selector, text } of plan.fill) {
      visit.stage = { name: 'filling', selector };
      const field = await untilControl(person.page, by(selector), signal);
      await hurry(field.fill(fillIn(text, words)), signal);
    }
    visit.stage = { name: 'looking' };
    const button = await untilWayIn(person, visit, signal);
    if (button) await press(visit, button, signal);
    else visit.stage = { name: 'alone' };
  }

  /** What to press to get in; null where the page goes on by itself. */
  function untilWayIn(person: Person, { from }: Visit, signal: AbortSignal): Promise<Locator | null> {
    return withOwnSignal(signal, async own => {
      const button = untilControl(person.page, locateIn, own);
      if (plan.join !== undefined) return button;
      const stirs = (['asked', 'busy'] as const).map(kind =>
        person.chronicle.until({ kind, from, signal: own }).then(() => null),
      );
      return Promise.race([button, ...stirs]);
    });
  }

  async function untilJoined(person: Person, { from, signal }: DriverWait): Promise<void> {
    const visit = visits.get(person);
    await withOwnSignal(signal, async own => {
      // A page that shows one's own camera before one joins has asked for it by itself, and has its button still.
      if (visit?.stage.name === 'alone')
        untilControl(person.page, locateIn, own)
          .then(button => press(visit, button, own))
          .catch(() => {});
      await person.chronicle.until({ kind: 'connected', from: from ?? visit?.from ?? 0, signal });
    });
  }

  async function leave(person: Person, signal: AbortSignal): Promise<number> {
    const visit = visits.get(person);
    if (visit) visit.stage = { name: 'leaving' };
    const from = person.chronicle.mark();
    // Not timed from the click: SDK v4 acts on its button only a second later, and others ask whether one is sure.
    const released = person.chronicle.until({ kind: 'released', from, signal });
    const button = await untilControlWithin(person.page, waysOut, { signal, ms: LEAVE_LOOK_MS });
    if (!button) throw smokeFailure(await explainNoWayOut(person, plan.leave));
    await hurry(button.click({ timeout: 0 }), signal);
    if (visit) visit.stage = { name: 'left' };
    return (await released).t;
  }

  async function rejoin(person: Person, signal: AbortSignal): Promise<void> {
    const visit = visits.get(person);
    if (!visit) throw smokeFailure(`${person.name} was never there`);
    visit.from = person.chronicle.mark();
    visit.stage = { name: 'looking' };
    const button = await untilControlWithin(person.page, [locateIn], { signal, ms: REJOIN_LOOK_MS });
    if (button) {
      await fillAgain(person, visit, signal);
      await press(visit, button, signal);
    } else await enter(person, visit.url, signal);
    await untilJoined(person, { from: visit.from, signal });
  }

  /** Fields that a page asks for anew. */
  async function fillAgain({ page }: Person, { words }: Visit, signal: AbortSignal): Promise<void> {
    for (const { selector, text } of plan.fill) {
      const field = await findControl(page, by(selector));
      if (field) await hurry(field.fill(fillIn(text, words)), signal);
    }
  }

  return {
    enter,
    untilJoined,
    leave,
    rejoin,
    // What other pages tell of somebody's going is not known: what they show has to do.
    untilNoted: async () => 0,
    async explainStuck(people) {
      const reasons = await Promise.all(people.map(person => explain(person, visits.get(person))));
      return reasons.filter(Boolean).join('; ');
    },
    explainStaying(leaver, other, how) {
      const stays = !leaver.page.isClosed() && visits.get(leaver)?.stage.name === 'left';
      const given = leaver.chronicle.since('released', visits.get(leaver)?.from).length > 0;
      return stays && !given
        ? `${leaver.name} ${how}, but the page gave back neither a connection nor a camera`
        : `${leaver.name} ${how}, but ${other.name}'s page went on showing ${leaver.name}`;
    },
    get goneBudgetMs() {
      return plan.goneWithinMs ?? (traffic.cometchat ? TOLD_BUDGET_MS : UNTOLD_BUDGET_MS);
    },
  };

  async function explain(person: Person, visit: Visit | undefined): Promise<string> {
    const { name, chronicle, page, pageErrors } = person;
    if (!visit) return '';
    if (chronicle.since('connected', visit.from).length > 0) return '';
    const [snapshot, controls, says] = await Promise.all([
      askSnapshot(person),
      listControls(page).catch(() => []),
      readMessage(page).catch(() => ''),
    ]);
    return explainVisit({
      name,
      stage: visit.stage,
      join: plan.join,
      controls,
      snapshot,
      says,
      pageErrors,
      unreachable: traffic.unreachable(person),
      refused: traffic.refused(person),
    });
  }
}

function by(selector: string): Locate {
  return frame => frame.locator(selector);
}

async function press(visit: Visit, button: Locator, signal: AbortSignal): Promise<void> {
  const label = await hurry(button.textContent(), signal).catch(() => null);
  await hurry(button.click({ timeout: 0 }), signal);
  visit.stage = { name: 'pressed', label: label?.trim() || 'the button' };
}

async function explainNoWayOut({ name, page }: Person, selector: string | undefined): Promise<string> {
  const controls = describeControls(await listControls(page).catch(() => []));
  return selector === undefined
    ? `nothing was found to leave with on ${name}'s page; name it with --leave SELECTOR${controls}`
    : `nothing on ${name}'s page matches --leave ${selector}${controls}`;
}
