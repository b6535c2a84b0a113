import { byId, setText } from './dom.ts';
import type { Failure } from './failure.ts';
import { LANGUAGE } from './language.ts';
import { failureText, isDenial, type LeftReason, texts } from './texts.ts';
import { sayDistance, sayWhen } from './time-words.ts';
import { showState } from './view.ts';

type Action = 'rejoin' | 'retry' | null;

interface Notice {
  readonly title: string;
  readonly text: string;
  readonly detail?: string;
  readonly action: Action;
}

export function showLeft(reason: LeftReason): void {
  showState('left');
  fill({ ...texts.left[reason], action: 'rejoin' });
}

/** Says why somebody is not in, and what to do about it. `now`: the server's clock, epoch ms. */
export function showFailure(failure: Failure, now: number): void {
  const { code, phase, message } = failure;
  if (isDenial(code)) {
    showState('denied', { code });
    const detail = denialDetail(failure, now);
    fill({ ...texts.denials[code], detail, action: code === 'RATE_LIMITED' ? 'retry' : null });
  } else {
    showState('failed', { code, phase });
    const detail = [message, texts.failedWith(code, phase)].filter(Boolean).join(' ');
    fill({ ...failureText(code), detail, action: 'retry' });
  }
}

function denialDetail({ code, detail, message }: Failure, now: number): string {
  const at = (name: string) => Date.parse(String(detail[name] ?? '')) || null;
  const [opensAt, endedAt, expiresAt] = [at('opensAt'), at('endedAt'), at('expiresAt')];
  if (opensAt) return texts.doorOpens(sayWhen(opensAt, now), sayDistance(opensAt, now));
  if (endedAt) return texts.endedAt(sayWhen(endedAt, now));
  if (expiresAt) return texts.expiredAt(sayWhen(expiresAt, now));
  // The server speaks English only.
  return code === 'NOT_ALLOWED' && LANGUAGE === 'en' ? message : '';
}

function fill({ title, text, detail = '', action }: Notice): void {
  const heading = byId('notice-title', HTMLHeadingElement);
  heading.textContent = title;
  byId('message', HTMLElement).textContent = text;
  setText(byId('detail', HTMLElement), detail);
  for (const name of ['rejoin', 'retry'] as const) byId(name, HTMLButtonElement).hidden = name !== action;
  // The screen changed under the reader: the heading is read out, and Tab goes on from it.
  heading.focus();
}
