import { texts } from '../texts.ts';

/** Shows the link, selected, for who has to copy it himself. Closed by its button or Escape; focus goes back by itself. */
export function showForCopying(url: string, note: string): void {
  const dialog = document.createElement('dialog');
  dialog.id = 'copy-by-hand';
  dialog.setAttribute('aria-labelledby', 'copy-title');
  dialog.setAttribute('aria-describedby', 'copy-note');
  const title = add(dialog, 'h2', 'copy-title', texts.share.byHand);
  const field = add(dialog, 'input', 'copy-link', '');
  field.value = url;
  field.readOnly = true;
  field.ariaLabel = texts.share.link;
  add(dialog, 'p', 'copy-note', note);
  const close = add(dialog, 'button', 'copy-close', texts.share.close);
  close.type = 'button';
  title.tabIndex = -1;
  close.addEventListener('click', () => dialog.close());
  field.addEventListener('focus', () => field.select());
  // The call has keys of its own: what is typed here is not meant for it.
  dialog.addEventListener('keydown', event => event.stopPropagation());
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  field.focus();
}

function add<Tag extends keyof HTMLElementTagNameMap>(
  parent: HTMLElement,
  tag: Tag,
  id: string,
  text: string,
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  element.id = id;
  element.textContent = text;
  parent.append(element);
  return element;
}
