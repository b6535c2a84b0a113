// Our own join page: its state and its list of events.
import { report, reportAt } from './report.ts';

declare global {
  interface Window {
    __meet?: { readonly events: readonly { readonly t: number; readonly name: string }[] };
  }
}

let reported = 0;

export function watchPage(): void {
  new MutationObserver(reportState).observe(document, {
    subtree: true,
    childList: true,
    attributeFilter: ['data-state'],
  });
}

/** Tells what the page has noted since the last time. */
export function readEvents(): void {
  const events = window.__meet?.events ?? [];
  for (const { t, name } of events.slice(reported)) reportAt(t, { kind: 'event', name });
  reported = events.length;
}

let lastState: string | undefined;

function reportState(): void {
  const { state, code, phase } = document.body?.dataset ?? {};
  if (!state || state === lastState) return;
  lastState = state;
  report({ kind: 'state', state, ...(code && { code }), ...(phase && { phase }) });
}
