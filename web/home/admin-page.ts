import { byId } from '../dom.ts';
import { end, extend } from './change-dialogs.ts';
import { copyLink } from './copy.ts';
import { create } from './create-dialog.ts';
import { button, element } from './element.ts';
import { codeOf } from './error-words.ts';
import { invite } from './invite-dialog.ts';
import { showLink } from './link-dialog.ts';
import type { Management } from './management.ts';
import type { Meeting } from './meeting.ts';
import { createList } from './meeting-list.ts';
import type { Actions } from './meeting-row.ts';
import { texts } from './texts.ts';
import { watch } from './watch.ts';

const EVERY_MS = 4_000;

/** Shows the meetings and what can be done with them; returns how to stop. */
export function showAdmin(management: Management): () => void {
  const shared = ({ url, title, access }: Meeting) => ({
    url,
    title,
    notes: access === 'allow' ? [texts.withInvite] : [],
  });
  const actions: Actions = {
    async copy(meeting, pressed) {
      if (!(await copyLink(meeting.url, meeting.title, pressed))) showLink(shared(meeting), true);
    },
    qr: meeting => void showLink(shared(meeting)),
    invite: meeting => invite(management, meeting),
    extend: meeting => extend({ meeting, management, done: () => refresh() }),
    end: meeting =>
      end({
        meeting,
        management,
        done() {
          refresh();
          // The button that was pressed goes with the state.
          list.headingOf(meeting.sessionId)?.focus();
        },
      }),
  };
  const list = createList(actions);
  const lost = element('p', {
    className: 'banner',
    textContent: texts.loading,
    attributes: { role: 'status' },
  });
  const load = async () => {
    try {
      const { meetings, serverTime } = await management.list();
      list.update(meetings, Date.parse(serverTime));
      lost.hidden = true;
      document.body.dataset.view = 'admin';
    } catch (error) {
      if (codeOf(error) === 'NOT_ADMIN') return;
      lost.textContent = texts.lost;
      lost.hidden = false;
    }
  };
  const { refresh, stop } = watch(load, EVERY_MS);
  const make = button(texts.newMeeting, () => create(management, refresh));
  const heading = element('h1', { textContent: texts.meetings, tabIndex: -1 });
  byId('main', HTMLElement).replaceChildren(
    element('div', { className: 'top' }, heading, make),
    lost,
    ...list.nodes,
  );
  return stop;
}
