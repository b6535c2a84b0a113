import { button, element, newId } from './element.ts';
import { texts } from './texts.ts';

/**
 * Opens a modal dialog, which Esc, its own button and a click beside it close. What the browser does not do by itself:
 * nothing; focus goes in, stays in, and goes back to where it was.
 */
export function openDialog(title: string, ...content: Node[]): HTMLDialogElement {
  const id = newId('title');
  const heading = element('h2', { id, textContent: title });
  const dialog = element('dialog', { attributes: { 'aria-labelledby': id } });
  const close = button('×', () => dialog.close(), 'close');
  close.setAttribute('aria-label', texts.close);
  // Last, so that Tab and the first focus come to what the dialog is for.
  dialog.append(element('div', { className: 'body' }, heading, ...content, close));
  dialog.addEventListener('click', event => {
    if (event.target === dialog) dialog.close();
  });
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

/** Whoever is not admin any more is left no half-filled form either. */
export function closeDialogs(): void {
  for (const dialog of document.querySelectorAll('dialog')) dialog.close();
}
