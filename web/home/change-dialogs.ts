import { sayWhen } from '../time-words.ts';
import { announce } from './announce.ts';
import { openDialog } from './dialog.ts';
import { button, element } from './element.ts';
import { sayError } from './error-words.ts';
import type { Management } from './management.ts';
import type { Meeting } from './meeting.ts';
import { texts } from './texts.ts';

interface Change {
  readonly meeting: Meeting;
  readonly management: Management;
  /** Told once the server has done it. */
  done(): void;
}

/** Asks by how much a meeting is to live longer. */
export function extend({ meeting, management, done }: Change): void {
  const { complain, line } = createComplaint();
  const act = (by: string) => {
    management
      .patch(meeting.sessionId, { extendBy: by })
      .then(({ expiresAt }) => {
        dialog.close();
        announce(texts.extended(meeting.title, sayWhen(Date.parse(expiresAt), Date.now())));
        done();
      })
      .catch(complain);
  };
  const choices = Object.entries(texts.extendBy).map(([by, words]) => button(words, () => act(by)));
  const until = sayWhen(Date.parse(meeting.expiresAt), Date.now());
  const isOver = Date.parse(meeting.expiresAt) <= Date.now();
  const dialog = openDialog(
    texts.extendTitle(meeting.title),
    element('p', { textContent: isOver ? texts.expired(until) : texts.openUntilShort(until) }),
    line,
    element('div', { className: 'buttons' }, ...choices),
  );
}

/** Asks before a meeting ends, since nobody gets in any more. */
export function end({ meeting, management, done }: Change): void {
  const { complain, line } = createComplaint();
  const act = button(
    texts.endNow,
    () => {
      management
        .end(meeting.sessionId)
        .then(() => {
          dialog.close();
          announce(texts.endedNow(meeting.title));
          done();
        })
        .catch(complain);
    },
    'danger',
  );
  const cancel = button(texts.cancel, () => dialog.close(), 'quiet');
  // What cannot be undone here is not what Enter does.
  cancel.autofocus = true;
  const people = meeting.people ? `${texts.people(String(meeting.people))}. ` : '';
  const dialog = openDialog(
    texts.endTitle(meeting.title),
    element('p', { textContent: people + texts.endText }),
    line,
    element('div', { className: 'buttons' }, act, cancel),
  );
}

function createComplaint() {
  const line = element('p', { className: 'error', hidden: true, attributes: { role: 'alert' } });
  const complain = (error: unknown) => {
    line.textContent = sayError(error);
    line.hidden = false;
  };
  return { line, complain };
}
