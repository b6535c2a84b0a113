import { byId } from '../dom.ts';
import { element } from './element.ts';
import { createInput } from './fields.ts';
import { createForm } from './form.ts';
import { targetOf } from './meeting-link.ts';
import { texts } from './texts.ts';

/** What somebody sees who is not admin: what this is, a way in, and how to make a meeting. `notice`: why they see it. */
export function showGuest(notice: string | null): void {
  const { title, lead, make, become } = texts;
  byId('main', HTMLElement).replaceChildren(
    element(
      'section',
      {},
      notice === null
        ? ''
        : element('p', { className: 'notice', textContent: notice, attributes: { role: 'alert' } }),
      element('h1', { textContent: title }),
      element('p', { className: 'lead', textContent: lead }),
      createGate(),
      element('h2', { textContent: make.title }),
      element('p', { textContent: make.text }),
      element('ul', { className: 'steps' }, ...make.steps.map(toStep)),
      element('h2', { textContent: become.title }),
      element('p', { textContent: become.text }),
      element('code', { textContent: become.command }),
    ),
  );
  document.body.dataset.view = 'guest';
}

function createGate(): HTMLFormElement {
  const link = createInput(texts.go.label, { maxLength: 4_000 });
  const { form } = createForm({
    submit: texts.go.button,
    fields: [link.row],
    async send() {
      const target = targetOf(link.control.value);
      if (target !== null) return location.assign(target);
      link.complain(texts.go.invalid);
      link.control.focus();
    },
    refuse(error) {
      throw error;
    },
  });
  form.className = 'gate';
  return form;
}

function toStep({ text, command }: { readonly text: string; readonly command: string }): HTMLLIElement {
  return element('li', {}, text, element('code', { textContent: command }));
}
