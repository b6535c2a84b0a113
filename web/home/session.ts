import { ask } from '../api.ts';

const KEY = 'meet.admin';

export interface AdminSession {
  readonly token: string;
  /** ISO 8601. */
  readonly expiresAt: string;
}

/** Takes the one-time code out of the address, so that no history, screenshot or copied link has it; null: none. */
export function takeCode(): string | null {
  const code = new URLSearchParams(location.hash.slice(1)).get('admin');
  if (code !== null) history.replaceState(null, '', location.pathname + location.search);
  return code;
}

/** Swaps a one-time code for a session, which this tab keeps. Throws an `ApiError`. */
export async function openSession(code: string): Promise<AdminSession> {
  const session = await ask<AdminSession>('/api/admin/session', { body: { code } });
  try {
    // meet-check-disable-next-line web/token-cached -- the admin's session, which opens no call; call tokens come by the same ask()
    sessionStorage.setItem(KEY, JSON.stringify(session));
  } catch {
    // storage is switched off: the code is used up, so the session counts until the page is left
  }
  return session;
}

/** The session that this tab has; null without one, or after its end. */
export function recallSession(now: number): AdminSession | null {
  try {
    const session = JSON.parse(sessionStorage.getItem(KEY) ?? 'null') as AdminSession | null;
    return session && Date.parse(session.expiresAt) > now ? session : null;
  } catch {
    return null;
  }
}

export function forgetSession(): void {
  try {
    sessionStorage.removeItem(KEY);
  } catch {
    // storage is switched off: nothing was kept
  }
}
