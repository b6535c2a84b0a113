import type { Frame, Locator } from 'playwright-core';
import type { Person } from '../people/person.ts';
import { untilControlWithin } from './find-control.ts';
import { whole } from './usual-controls.ts';

/** A bar of buttons may come late, and a busy page does not answer every look. */
const LOOK_LIMIT_MS = 2000;

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

/** The switch on somebody's page, in whichever frame; null where none shows up. */
export function untilSwitch({ page }: Person, which: Switch, signal: AbortSignal): Promise<Locator | null> {
  return untilControlWithin(page, [frame => locate(frame, which)], { signal, ms: LOOK_LIMIT_MS });
}

function locate(frame: Frame, which: Switch): Locator {
  return frame.locator(IDS[which]).or(frame.getByRole('button', { name: SWITCH_WORDS[which] }));
}

/** Why a switch could not be tried. */
export function missingSwitch({ name }: Person, which: Switch): string {
  return `${name}'s page shows no button for the ${which}`;
}
