import type { Texts } from '../texts/en.ts';
import css from './drawer.css';
import { followEvents } from './follow.ts';
import { createRows } from './rows.ts';

export interface DrawerOptions {
  readonly sessionId: string;
  readonly key: string | undefined;
  readonly token: string;
  /** Aborted when the call is over. */
  readonly over: AbortSignal;
  readonly texts: Texts['trace'];
}

/**
 * A button over the call, and behind it what happens in the call. Nothing is asked of the server while it is closed. It
 * lives in a shadow tree, where neither the page's styles nor the SDK's reach it.
 */
export function mountDrawer(options: DrawerOptions): void {
  const { over, texts } = options;
  if (over.aborted) return;
  const host = document.createElement('div');
  host.id = 'trace';
  const root = host.attachShadow({ mode: 'open' });
  root.adoptedStyleSheets = [sheetOf(css)];
  root.innerHTML = MARKUP;
  const at = <Type extends HTMLElement>(id: string) => root.getElementById(id) as Type;
  const button = at<HTMLButtonElement>('toggle');
  const panel = at('panel');
  label(button, texts.open);
  label(at('close'), texts.close);
  at('title').textContent = texts.title;
  at<HTMLInputElement>('filter').placeholder = texts.filter;
  at('filter').ariaLabel = texts.filter;

  let opened: AbortController | null = null;
  const open = () => {
    opened = new AbortController();
    panel.hidden = false;
    button.hidden = true;
    at('close').focus();
    fill(root, options, opened.signal);
  };
  const close = () => {
    opened?.abort();
    panel.hidden = true;
    button.hidden = false;
    button.focus();
  };
  button.addEventListener('click', open);
  at('close').addEventListener('click', close);
  panel.addEventListener('keydown', event => {
    // The call has keys of its own: what is typed here is not meant for it.
    event.stopPropagation();
    if (event.key === 'Escape') close();
  });
  over.addEventListener('abort', () => {
    opened?.abort();
    host.remove();
  });
  document.body.append(host);
}

function fill(root: ShadowRoot, { sessionId, key, token, texts }: DrawerOptions, over: AbortSignal): void {
  const status = root.getElementById('status') as HTMLElement;
  const filter = root.getElementById('filter') as HTMLInputElement;
  const rows = createRows(root.getElementById('events') as HTMLElement);
  rows.filter(filter.value);
  filter.addEventListener('input', () => rows.filter(filter.value), { signal: over });
  status.textContent = texts.connecting;
  void followEvents(
    { sessionId, key, token },
    {
      event: rows.add,
      connected(is, refusal) {
        status.textContent = is ? texts.connected : (refusal ?? texts.lost);
        status.dataset.on = String(is);
      },
    },
    over,
  );
}

function label(button: HTMLElement, text: string): void {
  button.ariaLabel = text;
  button.title = text;
}

function sheetOf(text: string): CSSStyleSheet {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  return sheet;
}

const MARKUP = `
  <button id="toggle" type="button" aria-controls="panel" aria-expanded="false">
    <svg viewBox="0 0 24 24" aria-hidden="true"><path d="M2 12h5l3-8 4 16 3-8h5"/></svg>
  </button>
  <section id="panel" aria-labelledby="title" hidden>
    <header>
      <h2 id="title"></h2>
      <p id="status" role="status"></p>
      <button id="close" type="button">
        <svg viewBox="0 0 24 24" aria-hidden="true"><path d="M6 6l12 12M18 6L6 18"/></svg>
      </button>
    </header>
    <input id="filter" type="search" spellcheck="false" autocomplete="off">
    <ol id="events" role="log" aria-live="off" aria-labelledby="title" tabindex="0"></ol>
  </section>`;
