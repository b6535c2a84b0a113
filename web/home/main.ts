import { ApiError } from '../api.ts';
import { byId } from '../dom.ts';
import { LANGUAGE } from '../language.ts';
import { showAdmin } from './admin-page.ts';
import { closeDialogs } from './dialog.ts';
import { codeOf } from './error-words.ts';
import { showGuest } from './guest-page.ts';
import { createManagement } from './management.ts';
import { forgetSession, openSession, recallSession, takeCode } from './session.ts';
import { texts } from './texts.ts';

const signOut = byId('sign-out', HTMLButtonElement);
let stop = () => {};

function enter(token: string): void {
  leave();
  signOut.hidden = false;
  stop = showAdmin(createManagement(token, () => turnAway(texts.signedOut.over)));
}

function leave(): void {
  stop();
  stop = () => {};
  closeDialogs();
  signOut.hidden = true;
}

/** The session is over, by its time or by the button. */
function turnAway(notice: string): void {
  forgetSession();
  leave();
  showGuest(notice);
}

async function openPage(): Promise<void> {
  const code = takeCode();
  const known = recallSession(Date.now());
  try {
    const session = code === null ? known : await openSession(code);
    if (session) enter(session.token);
    else showGuest(null);
  } catch (error) {
    // A link that is used up takes nothing from who is admin in this tab already.
    if (known) enter(known.token);
    else showGuest(sayRefusal(error));
  }
}

function sayRefusal(error: unknown): string {
  if (!(error instanceof ApiError)) throw error;
  const { signedOut } = texts;
  const code = codeOf(error);
  return code in signedOut ? signedOut[code as keyof typeof signedOut] : signedOut.OTHER;
}

document.documentElement.lang = LANGUAGE;
document.title = `${texts.title} · meet`;
signOut.textContent = texts.signOut;
signOut.addEventListener('click', () => turnAway(texts.signedOutNow));
// Another link opened in this tab changes the fragment only.
addEventListener('hashchange', () => void openPage());
void openPage();
