import { copyLink } from './copy.ts';
import { openDialog } from './dialog.ts';
import { button, element } from './element.ts';
import { createInput } from './fields.ts';
import { drawQr } from './qr.ts';
import { texts } from './texts.ts';

export interface Shared {
  readonly url: string;
  /** What the link leads to, or whom. */
  readonly title: string;
  readonly heading?: string;
  readonly notes?: readonly string[];
  /** More to do with it. */
  readonly more?: readonly Node[];
}

/** Shows a link to be copied, scanned or followed. `byHand`: copying has just failed. */
export function showLink(shared: Shared, byHand = false): HTMLDialogElement {
  const { url, title, heading = title, notes = [], more = [] } = shared;
  const link = createInput(texts.link, { value: url });
  link.control.readOnly = true;
  link.control.classList.add('link');
  const select = () => {
    link.setHint(texts.copyByHand);
    link.control.focus();
    link.control.select();
  };
  const copy = button(texts.copy, () => {
    void copyLink(url, title, copy).then(copied => copied || select());
  });
  copy.autofocus = true;
  const follow = element('a', {
    href: url,
    target: '_blank',
    rel: 'noopener',
    className: 'button quiet',
    textContent: texts.open,
  });
  const lines = [...notes, ...(isHere(url) ? [texts.thisComputer] : [])];
  const dialog = openDialog(
    heading,
    drawQr(url, texts.qrOf(title)),
    ...lines.map(textContent => element('p', { className: 'hint', textContent })),
    link.row,
    element('div', { className: 'buttons' }, copy, follow, ...more),
  );
  if (byHand) select();
  return dialog;
}

/** Whether only browsers on this machine get anywhere with the link. */
function isHere(url: string): boolean {
  return /^(localhost|127\.|\[::1\])|\.localhost$/.test(new URL(url).hostname);
}
