import { byId } from './dom.ts';
import { forgetIdentity } from './identity.ts';
import type { PageLink } from './link.ts';
import { forgetName, recallName } from './remembered-name.ts';
import { texts } from './texts.ts';

/** Says that this device remembers the name, and how to change that. Where the link itself names somebody it says nothing. */
export function showRemembered({ invite, as }: PageLink): void {
  byId('remembered', HTMLElement).hidden = Boolean(invite || as) || recallName() === null;
  byId('remembered-note', HTMLElement).textContent = texts.nameRemembered;
  const forget = byId('forget', HTMLButtonElement);
  forget.textContent = texts.nameForget;
  forget.onclick = () => {
    forgetName();
    // The tab was introduced by that name already.
    forgetIdentity();
    byId('remembered', HTMLElement).hidden = true;
    const field = byId('name', HTMLInputElement);
    field.value = '';
    field.dispatchEvent(new Event('input'));
    field.focus();
  };
}
