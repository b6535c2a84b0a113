import type { MeetingFacts } from './api.ts';
import { byId, setText } from './dom.ts';
import { type Step, texts } from './texts.ts';
import { sayDistance, sayWhen } from './time-words.ts';

/** From when on a link's end is told as what is left of it. */
const SOON_MS = 60 * 60_000;

/** Title and times, once the server has told them. `now`: the server's clock, epoch ms. */
export function showFacts({ title, startsAt, expiresAt }: MeetingFacts, now: number): void {
  document.title = `${title} · ${texts.appName}`;
  const heading = byId('title', HTMLElement);
  heading.textContent = title;
  heading.removeAttribute('aria-busy');
  const start = startsAt ? Date.parse(startsAt) : null;
  const say = start && start > now ? texts.starts : texts.started;
  setText(byId('starts', HTMLElement), start ? say(sayWhen(start, now), sayDistance(start, now)) : '');
  const end = Date.parse(expiresAt);
  const words =
    end - now < SOON_MS ? texts.closesSoon(sayDistance(end, now)) : texts.openUntil(sayWhen(end, now));
  setText(byId('expires', HTMLElement), words);
}

/** Puts a name into the field. `fixed`: an invite names its holder, who cannot choose another. */
export function proposeName(name: string, fixed: boolean): void {
  const field = byId('name', HTMLInputElement);
  if (name && (fixed || !field.value)) field.value = name;
  field.readOnly = fixed;
  setText(byId('name-note', HTMLElement), fixed ? texts.nameInvited : '');
  showInitial();
}

/** Ready to type, or to join by Enter; not on phones, where it would bring up the keyboard over the page. */
export function focusName(): void {
  if (matchMedia('(pointer: fine)').matches) byId('name', HTMLInputElement).focus();
}

/** The name as entered, or null after saying that one is needed. */
export function readName(): string | null {
  const field = byId('name', HTMLInputElement);
  const name = field.value.trim().replace(/\s+/g, ' ');
  const missing = name === '';
  field.setAttribute('aria-invalid', String(missing));
  if (!field.readOnly) setText(byId('name-note', HTMLElement), missing ? texts.nameMissing : '');
  if (missing) field.focus();
  return missing ? null : name;
}

/** Null: nothing is under way, and Join can be pressed. */
export function showStep(step: Step | null): void {
  const join = byId('join', HTMLButtonElement);
  join.disabled = step !== null;
  join.textContent = step ? texts.joining : texts.joinNow;
  byId('step', HTMLElement).textContent = step ? texts.steps[step] : '';
}

/** Behind the preview, for who has no camera. */
export function showInitial(): void {
  const [initial = ''] = byId('name', HTMLInputElement).value.trim();
  byId('initial', HTMLElement).textContent = initial.toUpperCase();
}
