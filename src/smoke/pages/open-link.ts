import type { Response } from 'playwright-core';
import type { Person } from '../people/person.ts';
import { smokeFailure } from '../phase.ts';
import { hurry } from './find-control.ts';

/** Opens a link; SMOKE_FAILED in words when nothing answers, or with an error. */
export async function openLink({ page, name }: Person, url: string, signal: AbortSignal): Promise<void> {
  // The page has as long as the phase has: what ends the wait is the signal.
  const opened = page.goto(url, { waitUntil: 'commit', timeout: 0 });
  const response = await hurry(opened, signal).catch((error: unknown): Response | null => {
    if (signal.aborted) throw error;
    throw smokeFailure(describeUnopened(name, url, error instanceof Error ? error.message : String(error)));
  });
  const status = response?.status() ?? 200;
  if (status >= 400) throw smokeFailure(`${name}'s page ${withoutSecrets(url)} answered ${status}`);
}

const UNOPENED: readonly (readonly [RegExp, string])[] = [
  [/CONNECTION_REFUSED/, "nothing answers there; does it run? --serve 'npm run dev' starts it"],
  [/NAME_NOT_RESOLVED/, 'its host is not known'],
  [/CERT|SSL/, 'the browser does not trust its certificate'],
  [/UNSAFE_PORT/, 'browsers refuse this port; serve it at another'],
  [/TOO_MANY_REDIRECTS/, 'it redirects without end'],
];

/** Why a link did not open, by the browser's words. Pure. */
export function describeUnopened(name: string, url: string, message: string): string {
  const known = UNOPENED.find(([pattern]) => pattern.test(message))?.[1];
  const code = /net::(\w+)/.exec(message)?.[1];
  const reason = known ?? (code ? `the browser says ${code}` : 'it ended before it was open');
  return `${name}'s page ${withoutSecrets(url)} did not open: ${reason}`;
}

/** Query and fragment may let people in. */
export function withoutSecrets(url: string): string {
  const { origin, pathname } = new URL(url);
  return origin + pathname;
}
