import { element, newId } from './element.ts';

type Control = HTMLInputElement | HTMLSelectElement;

/** A control with its label, a hint, and room for what is wrong with it. */
export interface Field<Type extends Control = Control> {
  readonly row: HTMLElement;
  readonly control: Type;
  setLabel(text: string): void;
  setHint(text: string): void;
  /** Null: nothing is wrong any more. */
  complain(text: string | null): void;
}

function createField<Type extends Control>(label: string, control: Type, hint = ''): Field<Type> {
  control.id = newId('field');
  const [hintId, errorId] = [`${control.id}-hint`, `${control.id}-error`];
  const name = element('label', { htmlFor: control.id, textContent: label });
  const hintLine = element('p', { id: hintId, className: 'hint', textContent: hint, hidden: hint === '' });
  const errorLine = element('p', {
    id: errorId,
    className: 'error',
    hidden: true,
    attributes: { role: 'alert' },
  });
  control.setAttribute('aria-describedby', `${errorId} ${hintId}`);
  const isTick = control.type === 'checkbox';
  const row = isTick
    ? element('div', { className: 'field tick' }, control, name, hintLine, errorLine)
    : element('div', { className: 'field' }, name, control, hintLine, errorLine);
  const complain = (text: string | null) => {
    control.removeAttribute('aria-invalid');
    if (text !== null) control.setAttribute('aria-invalid', 'true');
    errorLine.hidden = text === null;
    errorLine.textContent = text ?? '';
  };
  control.addEventListener('input', () => complain(null));
  return {
    row,
    control,
    complain,
    setLabel(text) {
      name.textContent = text;
    },
    setHint(text) {
      hintLine.textContent = text;
      hintLine.hidden = text === '';
    },
  };
}

/** A field of text; `more` are properties of the input. */
export function createInput(
  label: string,
  more: Partial<Pick<HTMLInputElement, 'type' | 'maxLength' | 'value' | 'autocomplete'>> = {},
  hint = '',
): Field<HTMLInputElement> {
  const input = element('input', { autocomplete: 'off', spellcheck: false, ...more });
  return createField(label, input, hint);
}

export function createTick(label: string): Field<HTMLInputElement> {
  return createInput(label, { type: 'checkbox' });
}

export function createSelect(
  label: string,
  options: Readonly<Record<string, string>>,
): Field<HTMLSelectElement> {
  const choices = Object.entries(options).map(([value, textContent]) =>
    element('option', { value, textContent }),
  );
  return createField(label, element('select', {}, ...choices));
}
