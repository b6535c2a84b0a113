import { button, element, newId } from './element.ts';
import { type Meeting, stateOf } from './meeting.ts';
import { sayAccess, sayTimes } from './meeting-words.ts';
import { texts } from './texts.ts';

/** What can be done with a meeting; `pressed` is the button. */
export interface Actions {
  copy(meeting: Meeting, pressed: HTMLButtonElement): void;
  qr(meeting: Meeting): void;
  invite(meeting: Meeting): void;
  extend(meeting: Meeting): void;
  end(meeting: Meeting): void;
}

export interface Row {
  readonly item: HTMLLIElement;
  update(meeting: Meeting, now: number): void;
}

/** A meeting in the list. It is made once and then changed, so that whoever is at one of its buttons stays there. */
export function createRow(first: Meeting, actions: Actions): Row {
  let meeting = first;
  const title = element('h2', { id: newId('meeting'), tabIndex: -1 });
  const state = element('span', { className: 'state' });
  const people = element('span', { className: 'people' });
  const id = element('code', { textContent: meeting.sessionId });
  const facts = element('span');
  const copy: HTMLButtonElement = button(texts.copy, () => actions.copy(meeting, copy), 'quiet');
  const open = element('a', {
    className: 'button quiet',
    target: '_blank',
    rel: 'noopener',
    textContent: texts.open,
  });
  const qr = button(texts.qr, () => actions.qr(meeting), 'quiet');
  const invite = button(texts.invite, () => actions.invite(meeting), 'quiet');
  const extend = button(texts.extend, () => actions.extend(meeting), 'quiet');
  const end = button(texts.end, () => actions.end(meeting), 'quiet danger');
  const group = element('div', { className: 'buttons' }, copy, qr, open, invite, extend, end);
  group.setAttribute('role', 'group');
  const item = element(
    'li',
    { attributes: { 'data-id': meeting.sessionId } },
    element('div', { className: 'head' }, title, state, people),
    element('p', { className: 'facts' }, id, facts),
    group,
  );

  return {
    item,
    update(changed, now) {
      meeting = changed;
      const is = stateOf(meeting, now);
      item.dataset.state = is;
      setText(title, meeting.title);
      setText(state, texts.states[is]);
      setText(people, sayPeople(meeting));
      people.toggleAttribute('data-empty', meeting.people === 0);
      setText(facts, ` · ${sayTimes(meeting, now)} · ${sayAccess(meeting)}`);
      group.setAttribute('aria-label', texts.actions(meeting.title));
      open.href = meeting.url;
      group.hidden = is === 'ended';
      for (const only of [open, invite]) only.hidden = is === 'expired';
    },
  };
}

/** Nobody is in a meeting that is over, and with the cloud nobody knows. */
function sayPeople({ people, endedAt }: Meeting): string {
  if (people === null || (endedAt !== null && people === 0)) return '';
  return texts.people(String(people));
}

/** Not where it says that already: a new text node would take away what a reader has selected. */
function setText(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text;
  element.hidden = text === '';
}
