import { byId, setText } from './dom.ts';
import { LANGUAGE } from './language.ts';
import { texts } from './texts.ts';

export type State = 'loading' | 'lobby' | 'joining' | 'joined' | 'lost' | 'left' | 'denied' | 'failed';

type Section = 'lobby' | 'notice' | null;

const SECTIONS: Record<State, Section> = {
  loading: 'lobby',
  lobby: 'lobby',
  joining: 'lobby',
  joined: null,
  lost: null,
  left: 'notice',
  denied: 'notice',
  failed: 'notice',
};

/** Shows the part of the page that belongs to the state. The call's container is never hidden, only covered. */
export function showState(state: State, { code, phase }: { code?: string; phase?: string } = {}): void {
  const { dataset } = document.body;
  dataset.state = state;
  delete dataset.code;
  delete dataset.phase;
  if (code) dataset.code = code;
  if (phase) dataset.phase = phase;
  showSection(SECTIONS[state]);
  setText(byId('banner', HTMLElement), state === 'lost' ? texts.lost : '');
}

function showSection(section: Section): void {
  byId('sheet', HTMLElement).hidden = section === null;
  for (const name of ['lobby', 'notice']) byId(name, HTMLElement).hidden = name !== section;
  // What is covered must not be reached by Tab or by a screen reader either.
  byId('call', HTMLElement).inert = section !== null;
}

/** Says something to people who do not see the page. */
export function announce(text: string): void {
  byId('live', HTMLElement).textContent = text;
}

/** The words that are always there. */
export function labelPage(): void {
  document.documentElement.lang = LANGUAGE;
  byId('name-label', HTMLElement).textContent = texts.yourName;
  byId('join', HTMLElement).textContent = texts.joinNow;
  byId('microphone-name', HTMLElement).textContent = texts.devices.microphone;
  byId('camera-name', HTMLElement).textContent = texts.devices.camera;
  byId('meter', HTMLElement).ariaLabel = texts.devices.level;
  byId('switches', HTMLElement).ariaLabel = texts.devices.switches;
  byId('ask-again', HTMLElement).textContent = texts.preview.askAgain;
  byId('devices-title', HTMLElement).textContent = texts.devices.title;
  byId('speaker-test', HTMLElement).textContent = texts.devices.test;
  for (const kind of ['camera', 'microphone', 'speaker'] as const)
    byId(`${kind}-label`, HTMLElement).textContent = texts.devices[kind];
  byId('rejoin', HTMLElement).textContent = texts.rejoin;
  byId('retry', HTMLElement).textContent = texts.retry;
}
