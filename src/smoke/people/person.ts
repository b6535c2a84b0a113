import type { Browser, Page } from 'playwright-core';
import { type Chronicle, createChronicle } from './chronicle.ts';
import type { Happening } from './happening.ts';
import type { IdentitySignal, Snapshot } from './snapshot.ts';

/** One person: a browser context, a page, a picture and a tone of her own, and what her page tells. */
export interface Person {
  readonly name: string;
  readonly signal: IdentitySignal;
  readonly chronicle: Chronicle;
  readonly page: Page;
  /** Errors that the page did not catch, oldest first. */
  readonly pageErrors: readonly string[];
}

export interface Invitation {
  readonly name: string;
  readonly signal: IdentitySignal;
  /** The source of the probe. */
  readonly probe: string;
  readonly onCrash: () => void;
}

/** Alice is red and low, Bob green and high. */
export const SIGNALS = {
  alice: { hue: 0, hertz: 440 },
  bob: { hue: 120, hertz: 1030 },
} as const satisfies Record<string, IdentitySignal>;

/** A context of her own: of two tabs of one profile, the second sometimes never gets the camera. */
export async function invitePerson(browser: Browser, invitation: Invitation): Promise<Person> {
  const { name, signal, probe, onCrash } = invitation;
  const context = await browser.newContext({ viewport: { width: 640, height: 400 } });
  const chronicle = createChronicle();
  await context.exposeBinding('__meetReport', (_, happening: Happening) => chronicle.add(happening));
  await context.addInitScript(`window.__meetIdentity = ${JSON.stringify(signal)};\n${probe}`);
  const page = await context.newPage();
  const pageErrors: string[] = [];
  page.once('crash', onCrash);
  page.on('pageerror', error => pageErrors.push(error.message));
  return { name, signal, chronicle, page, pageErrors };
}

/** Asks the probe; null when the page is gone or does not answer in time. */
export async function askSnapshot({ page }: Person): Promise<Snapshot | null> {
  const asked = page.evaluate(() => {
    const { __meetProbe: probe } = globalThis as { __meetProbe?: { takeSnapshot(): Promise<Snapshot> } };
    return probe ? probe.takeSnapshot() : null;
  });
  const late = new Promise<null>(resolve => setTimeout(resolve, SNAPSHOT_LIMIT_MS, null).unref());
  return Promise.race([asked, late]).catch(() => null);
}

const SNAPSHOT_LIMIT_MS = 2000;
