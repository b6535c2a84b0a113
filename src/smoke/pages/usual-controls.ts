import type { Frame, Locator } from 'playwright-core';

/** Where in a frame something to press or to fill might be. */
export type Locate = (frame: Frame) => Locator;

const JOIN_IDS = [
  '#join',
  '#join-button',
  '#joinButton',
  '#join-btn',
  '#joinBtn',
  '#rejoin',
  '[data-testid^="join" i]',
].join(', ');

/**
 * What buttons and links to a call say, and nothing but that: "Join our newsletter" is none. Signs and pictures around
 * the words do not count.
 */
export const JOIN_WORDS = whole(
  '(re-?)?join( again| now)?( (the |a )?((video )?call|meeting|room|session|conference))?( now| again)?',
  '(start|enter|begin)( (the |a )?((video )?call|meeting|room|session))?',
  '(jetzt |wieder )?(beitreten|teilnehmen)',
  '(anruf|gespräch|meeting) (starten|beitreten)',
  '(rejoindre|unirse|participar|entrar)',
);

export const LEAVE_WORDS = whole(
  '(leave|end|exit|quit)( (the )?((video )?call|meeting|room|session|conference))?',
  'hang ?up',
  'disconnect',
  '(auflegen|verlassen)',
  '((anruf|gespräch|meeting) )?(beenden|verlassen)',
  '(raccrocher|quitter|colgar|salir|sair)',
);

/** A name that is one of these and nothing more, but for signs and pictures around it. */
export function whole(...choices: readonly string[]): RegExp {
  return new RegExp(`^\\P{L}*(${choices.join('|')})\\P{L}*$`, 'iu');
}

/** The usual ways into a call. */
export const locateJoin: Locate = frame => frame.locator(JOIN_IDS).or(locateWords(frame, JOIN_WORDS));

/** The usual ways out of one. */
export const locateLeave: Locate = frame => locateWords(frame, LEAVE_WORDS);

function locateWords(frame: Frame, name: RegExp): Locator {
  return frame.getByRole('button', { name }).or(frame.getByRole('link', { name }));
}
