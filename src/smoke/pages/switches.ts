import type { Frame, Locator } from 'playwright-core';
import type { Person } from '../people/person.ts';
import { findControl } from './find-control.ts';
import { whole } from './usual-controls.ts';

/** What a call's bar of buttons switches. */
export type Switch = 'microphone' | 'camera' | 'screen';

/** v4's own, which no language changes. */
const IDS: Readonly<Record<Switch, string>> = {
  microphone: '#audioButton',
  camera: '#videoButton',
  screen: '#screenShareButton',
};

/**
 * What v5's say, and other pages': whole names, as "Video settings" switches nothing. Where it is said in another language
 * the button is not found, and that is what the verdict says.
 */
export const SWITCH_WORDS: Readonly<Record<Switch, RegExp>> = {
  microphone: whole(
    '(un-?)?mute( (my |the )?(audio|microphone|mic|me|myself|yourself))?',
    '(turn (on|off)|enable|disable|toggle) (my |the )?(audio|microphone|mic)',
  ),
  camera: whole('(turn (on|off)|start|stop|pause|resume|enable|disable|toggle) (my |the )?(video|camera)'),
  screen: whole(
    '((start|stop|toggle) )?(screen[ -]?shar(e|ing)|shar(e|ing) (my |your |the )?screen)',
    'present now',
  ),
};

/** The switch on somebody's page, in whichever frame; null where there is none. */
export function findSwitch({ page }: Person, which: Switch): Promise<Locator | null> {
  return findControl(page, frame => locate(frame, which));
}

function locate(frame: Frame, which: Switch): Locator {
  return frame.locator(IDS[which]).or(frame.getByRole('button', { name: SWITCH_WORDS[which] }));
}

/** Why a switch could not be tried. */
export function missingSwitch({ name }: Person, which: Switch): string {
  return `${name}'s page shows no button for the ${which}`;
}
