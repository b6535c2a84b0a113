import type { Locator } from 'playwright-core';
import type { Person } from '../people/person.ts';

/** A control of the SDK's own bar. */
export type Control = 'microphone' | 'camera' | 'screen';

/**
 * v4's by their ids; v5's, and those of pages alike, by what the button says. A title changes with the state, as from Mute
 * to Unmute, and a label may be in another language: then the control is not found, and said so.
 */
const SELECTORS: Readonly<Record<Control, readonly string[]>> = {
  microphone: ['#audioButton', 'button[title*="mute" i]', 'button[aria-label*="mute" i]'],
  camera: ['#videoButton', 'button[title*="video" i]', 'button[aria-label*="video" i]'],
  screen: [
    '#screenShareButton',
    'button[title*="shar" i][title*="screen" i]',
    'button[aria-label*="shar" i][aria-label*="screen" i]',
  ],
};

/** The control on somebody's page, in whichever frame; null where there is none. */
export async function findControl({ page }: Person, control: Control): Promise<Locator | null> {
  for (const selector of SELECTORS[control])
    for (const frame of page.frames()) {
      const found = frame.locator(selector).first();
      if (await found.isVisible().catch(() => false)) return found;
    }
  return null;
}

/** Why a control could not be tried. */
export function missingControl({ name }: Person, control: Control): string {
  return `${name}'s page shows no button for the ${control}`;
}
