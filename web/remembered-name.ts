import type { PageLink } from './link.ts';

const SLOT = 'meet.name';

/**
 * The name that somebody last joined with on this device, as a guest. Nothing but the name: who a person is stays in the tab
 * (see identity.ts).
 */
export function recallName(): string | null {
  try {
    return localStorage.getItem(SLOT) || null;
  } catch {
    return null;
  }
}

/** Not of an invite, where somebody else chose the name, nor of a uid that was proposed for trying things out. */
export function rememberGuest({ invite, as }: PageLink, name: string): void {
  if (invite || as) return;
  try {
    localStorage.setItem(SLOT, name);
  } catch {
    // storage is switched off: asked for again
  }
}

export function forgetName(): void {
  try {
    localStorage.removeItem(SLOT);
  } catch {
    // storage is switched off: nothing was kept
  }
}
