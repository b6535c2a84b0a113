import { announce } from './announce.ts';
import { texts } from './texts.ts';

const SHOWN_MS = 2_000;

/** Copies the link of what is called `title`, and says so on the button too. False where the browser refuses. */
export async function copyLink(url: string, title: string, pressed: HTMLButtonElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(url);
  } catch {
    // Refused, or not there at all: plain http beyond localhost.
    return false;
  }
  announce(texts.copiedLink(title));
  pressed.textContent = texts.copied;
  setTimeout(() => {
    pressed.textContent = texts.copy;
  }, SHOWN_MS);
  return true;
}
