import { isUid } from './create-request.ts';
import { openDialog } from './dialog.ts';
import { button, element } from './element.ts';
import { codeOf, sayError } from './error-words.ts';
import { createInput, createTick } from './fields.ts';
import { createForm } from './form.ts';
import { showLink } from './link-dialog.ts';
import type { InviteBody, Management } from './management.ts';
import type { Meeting } from './meeting.ts';
import { texts } from './texts.ts';

/** Makes a link for one person; who is missing on the list can be put there first. */
export function invite(management: Management, meeting: Meeting): void {
  const uid = createInput(texts.uid, { maxLength: 100 });
  const name = createInput(texts.optional(texts.name), { maxLength: 100, autocomplete: 'off' });
  const host = createTick(texts.asHost);
  const listing = element('div', { className: 'buttons', hidden: true });
  uid.control.addEventListener('input', () => {
    listing.hidden = true;
  });

  const readBody = (): InviteBody => {
    const shown = name.control.value.trim();
    return {
      uid: uid.control.value.trim(),
      ...(shown && { name: shown }),
      role: host.control.checked ? 'host' : 'guest',
    };
  };
  const request = async () => {
    const body = readBody();
    const { url } = await management.invite(meeting.sessionId, body);
    dialog.close();
    const title = texts.invited(body.name ?? body.uid);
    const another = button(texts.another, () => {
      shown.close();
      invite(management, meeting);
    });
    another.className = 'quiet';
    const shown = showLink({ url, title, notes: [texts.inviteLead], more: [another] });
  };
  const offerListing = () => {
    const { uid: wanted } = readBody();
    uid.complain(texts.notListed(wanted));
    const add = button(texts.addToList(wanted), () => {
      const allow = [...new Set([...meeting.allow, wanted])];
      management.patch(meeting.sessionId, { allow }).then(request).catch(refuse);
    });
    listing.replaceChildren(add);
    listing.hidden = false;
    add.focus();
  };
  const refuse = (error: unknown) => {
    if (codeOf(error) === 'NOT_ALLOWED') offerListing();
    else complain(sayError(error));
  };
  const { form, complain } = createForm({
    submit: texts.makeInvite,
    fields: [uid.row, name.row, host.row, listing],
    async send() {
      const { uid: wanted } = readBody();
      if (isUid(wanted)) return request();
      uid.complain(wanted ? texts.badUid(wanted) : texts.missing.uid);
      uid.control.focus();
    },
    refuse,
  });
  uid.control.autofocus = true;
  const dialog = openDialog(
    texts.inviteTitle(meeting.title),
    element('p', { className: 'hint', textContent: texts.inviteLead }),
    form,
  );
}
