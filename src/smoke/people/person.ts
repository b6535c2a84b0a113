import type { Frame, Page } from 'playwright-core';
import { endsWithin } from '../signals.ts';
import type { Role } from './cast.ts';
import { type Chronicle, createChronicle } from './chronicle.ts';
import { denyDevices } from './deny-devices.ts';
import type { Happening } from './happening.ts';
import { createHoldings } from './holdings.ts';
import type { Hear, Profile } from './profile.ts';
import { type Appearance, type IdentitySignal, mergeSnapshots, type Snapshot } from './snapshot.ts';

/** One person: a page, a picture and a tone of her own, and what her page tells. */
export interface Person {
  readonly name: string;
  readonly role: Role;
  readonly signal: IdentitySignal;
  readonly chronicle: Chronicle;
  readonly page: Page;
  /** Hears what a part of ours in her page tells. */
  readonly hear: Hear;
  /** Errors that the page did not catch, oldest first. */
  readonly pageErrors: readonly string[];
}

export interface Invitation {
  readonly name: string;
  readonly role: Role;
  readonly signal: IdentitySignal;
  /** The source of the probe. */
  readonly probe: string;
  /** How many meet: what they make the machine do grows with the square of that. */
  readonly people: number;
  readonly onCrash: () => void;
}

/** Opens an empty tab with the probe in it. */
export async function invitePerson(profile: Profile, invitation: Invitation): Promise<Person> {
  const { name, role, signal, probe, people, onCrash } = invitation;
  const page = await profile.context.newPage();
  const hear = profile.hearerOf(page);
  const chronicle = createChronicle();
  const holdings = createHoldings<Frame>();
  const addAll = (happenings: readonly Happening[]) => happenings.forEach(chronicle.add);
  hear('__meetReport', (news, frame) => {
    if (news.kind === 'holding') addAll(holdings.hear(frame, news));
    else chronicle.add(news);
  });
  page.on('framedetached', frame => addAll(holdings.forget(frame, Date.now())));
  const appearance: Appearance = { ...signal, role, frameRate: frameRateFor(people) };
  await page.addInitScript(`window.__meetIdentity = ${JSON.stringify(appearance)};\n${probe}`);
  if (role === 'denied') await denyDevices(page);
  const pageErrors: string[] = [];
  page.once('crash', onCrash);
  page.on('pageerror', error => pageErrors.push(error.message));
  return { name, role, signal, chronicle, page, hear, pageErrors };
}

/** Thirty frames a second prove soonest that a picture moves; a crowd would be too much for two cores. Pure. */
function frameRateFor(people: number): number {
  return people > 3 ? 15 : 30;
}

/** Has the probe prove again, from now on, what it has proven of those who are still there. */
export async function startOver({ page }: Person): Promise<void> {
  const start = () => {
    const { __meetProbe: probe } = globalThis as { __meetProbe?: { startOver(): void } };
    probe?.startOver();
  };
  // A frame that goes meanwhile shows nobody any more, and one that hangs fails whoever looks at it next.
  const started = page.frames().map(frame => frame.evaluate(start).catch(() => {}));
  await endsWithin(Promise.all(started), ANSWER_LIMIT_MS);
}

/** Asks the probe in every frame; null when the page is gone or no frame answers in time. */
export async function askSnapshot({ page }: Person): Promise<Snapshot | null> {
  const answers = await Promise.all(page.frames().map(askFrame));
  return mergeSnapshots(answers.filter(answer => answer !== null));
}

function askFrame(frame: Frame): Promise<Snapshot | null> {
  const asked = frame.evaluate(() => {
    const { __meetProbe: probe } = globalThis as { __meetProbe?: { takeSnapshot(): Promise<Snapshot> } };
    return probe ? probe.takeSnapshot() : null;
  });
  const late = new Promise<null>(resolve => setTimeout(resolve, ANSWER_LIMIT_MS, null).unref());
  return Promise.race([asked, late]).catch(() => null);
}

/** Milliseconds for a page to answer. */
const ANSWER_LIMIT_MS = 2000;
