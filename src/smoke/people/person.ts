import type { Browser, BrowserContext, Frame, Page } from 'playwright-core';
import type { Role } from './cast.ts';
import { type Chronicle, createChronicle } from './chronicle.ts';
import type { FrameNews, Happening } from './happening.ts';
import { createHoldings } from './holdings.ts';
import { type IdentitySignal, mergeSnapshots, type Snapshot } from './snapshot.ts';

/** One person: a page, a picture and a tone of her own, and what her page tells. */
export interface Person {
  readonly name: string;
  readonly role: Role;
  readonly signal: IdentitySignal;
  readonly chronicle: Chronicle;
  readonly page: Page;
  /** Errors that the page did not catch, oldest first. */
  readonly pageErrors: readonly string[];
}

export interface Invitation {
  readonly name: string;
  readonly role: Role;
  readonly signal: IdentitySignal;
  /** The source of the probe. */
  readonly probe: string;
  readonly onCrash: () => void;
}

/** A browser profile of its own. Two tabs of one share the SDK's storage, and the second sometimes never gets the camera. */
export function openProfile(browser: Browser): Promise<BrowserContext> {
  return browser.newContext({ viewport: { width: 640, height: 400 } });
}

/** Opens an empty tab with the probe in it. */
export async function invitePerson(profile: BrowserContext, invitation: Invitation): Promise<Person> {
  const { name, role, signal, probe, onCrash } = invitation;
  const page = await profile.newPage();
  const chronicle = createChronicle();
  const holdings = createHoldings<Frame>();
  const addAll = (happenings: readonly Happening[]) => happenings.forEach(chronicle.add);
  await page.exposeBinding('__meetReport', ({ frame }, news: Happening | FrameNews) => {
    if (news.kind === 'holding') addAll(holdings.hear(frame, news));
    else chronicle.add(news);
  });
  page.on('framedetached', frame => addAll(holdings.forget(frame, Date.now())));
  await page.addInitScript(`window.__meetIdentity = ${JSON.stringify({ ...signal, role })};\n${probe}`);
  const pageErrors: string[] = [];
  page.once('crash', onCrash);
  page.on('pageerror', error => pageErrors.push(error.message));
  return { name, role, signal, chronicle, page, pageErrors };
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
  const late = new Promise<null>(resolve => setTimeout(resolve, SNAPSHOT_LIMIT_MS, null).unref());
  return Promise.race([asked, late]).catch(() => null);
}

const SNAPSHOT_LIMIT_MS = 2000;
