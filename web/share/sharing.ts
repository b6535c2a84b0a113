import type { MeetingFacts } from '../api.ts';
import { byId } from '../dom.ts';
import type { PageLink } from '../link.ts';
import { texts } from '../texts.ts';
import { showForCopying } from './copy-by-hand.ts';
import { passOn } from './pass-on.ts';
import { linkToShare, type SharedLink } from './shared-link.ts';

export interface Sharing {
  /** From now on there is something to share. */
  follow(facts: MeetingFacts): void;
  /** Passes the link on. Only within a click: browsers open no share sheet otherwise. */
  start(): Promise<void>;
}

/** Long enough to be read; whoever does not see it hears it at once. */
const TOAST_MS = 6_000;

/** Makes every `[data-share]` button of the page pass the meeting's link on. */
export function createSharing(link: PageLink): Sharing {
  const buttons = [...document.querySelectorAll<HTMLButtonElement>('button[data-share]')];
  let shared: SharedLink | null = null;
  let title = '';

  async function start(): Promise<void> {
    if (!shared) return;
    const { url, opens } = shared;
    const note = texts.share.opens[opens];
    const offer = {
      title,
      url,
      text: [texts.share.invitation(title), texts.share.told[opens]].join(' ').trim(),
    };
    const outcome = await passOn(offer, navigator);
    if (outcome === 'refused') {
      toast('');
      showForCopying(url, note);
    } else if (outcome === 'copied') toast(`${texts.share.copied} ${note}`);
    // The system has said that it is done; not, that it may not be enough.
    else if (outcome === 'shared' && opens !== 'all') toast(note);
  }

  for (const button of buttons) {
    if (button.querySelector('svg')) button.ariaLabel = button.title = texts.share.share;
    else button.textContent = texts.share.share;
    button.addEventListener('click', () => void start());
  }
  return {
    start,
    follow(facts) {
      ({ title } = facts);
      shared = linkToShare(location.origin, link, facts);
      for (const button of buttons) button.hidden = false;
    },
  };
}

let fading: ReturnType<typeof setTimeout> | undefined;

/** Says something for a while, to eyes and ears. */
function toast(words: string): void {
  const place = byId('toast', HTMLElement);
  clearTimeout(fading);
  // Emptied first: the same words again would not be a change, and so not be read out.
  place.textContent = '';
  requestAnimationFrame(() => {
    place.textContent = words;
  });
  fading = setTimeout(() => {
    place.textContent = '';
  }, TOAST_MS);
}
