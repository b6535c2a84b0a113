import { element } from './element.ts';

/** A form that is sent by script, with a line for what is wrong with it as a whole. */
export interface Form {
  readonly form: HTMLFormElement;
  complain(text: string | null): void;
}

/**
 * `send` is called once at a time, with the button disabled meanwhile; its rejection goes to `refuse`.
 */
export function createForm(options: {
  readonly submit: string;
  readonly fields: readonly Node[];
  send(): Promise<void>;
  refuse(error: unknown): void;
}): Form {
  const error = element('p', { className: 'error', hidden: true, attributes: { role: 'alert' } });
  const submit = element('button', { type: 'submit', textContent: options.submit });
  const form = element('form', { noValidate: true }, error, ...options.fields, submit);
  const complain = (text: string | null) => {
    error.textContent = text ?? '';
    error.hidden = text === null;
  };
  form.addEventListener('submit', event => {
    event.preventDefault();
    if (submit.disabled) return;
    complain(null);
    submit.disabled = true;
    options
      .send()
      .catch(options.refuse)
      .finally(() => {
        submit.disabled = false;
      });
  });
  return { form, complain };
}
