import { words } from './words.ts';

/** The drawer's outside: the handle at the edge, and what opens and closes behind it. */
export interface Shell {
  at(id: string): HTMLElement;
  isOpen(): boolean;
  onOpen(listener: () => void): void;
}

/** It lives in a shadow tree, where neither the page's styles nor the SDK's reach it. */
export function createShell(css: string): Shell {
  // A landmark, by which a screen reader finds it.
  const host = document.createElement('aside');
  host.id = 'drawer';
  host.ariaLabel = words.open;
  const root = host.attachShadow({ mode: 'open' });
  root.adoptedStyleSheets = [sheetOf(css)];
  root.innerHTML = MARKUP;
  const at = (id: string) => root.getElementById(id) as HTMLElement;
  const handle = at('handle');
  const panel = at('panel');
  const listeners: (() => void)[] = [];
  label(handle, words.open);
  label(at('close'), words.close);
  at('title').textContent = words.title;
  at('tabs').ariaLabel = words.title;

  handle.addEventListener('click', () => {
    panel.hidden = false;
    handle.hidden = true;
    for (const listener of listeners) listener();
  });
  const close = () => {
    panel.hidden = true;
    handle.hidden = false;
    handle.focus();
  };
  at('close').addEventListener('click', close);
  for (const type of ['keydown', 'keypress', 'keyup'] as const) {
    // The call has keys of its own: what is typed here is not meant for it.
    panel.addEventListener(type, event => event.stopPropagation());
  }
  panel.addEventListener('keydown', ({ key }) => key === 'Escape' && close());
  document.body.append(host);
  return { at, isOpen: () => !panel.hidden, onOpen: listener => void listeners.push(listener) };
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
  <button id="handle" type="button" aria-controls="panel" aria-expanded="false">
    <svg viewBox="0 0 24 24" aria-hidden="true"><path d="M2 12h5l3-8 4 16 3-8h5"/></svg>
  </button>
  <section id="panel" aria-labelledby="title" hidden>
    <header>
      <h2 id="title"></h2>
      <button id="close" type="button">
        <svg viewBox="0 0 24 24" aria-hidden="true"><path d="M6 6l12 12M18 6L6 18"/></svg>
      </button>
    </header>
    <div id="tabs" role="tablist"></div>
    <div id="panels"></div>
  </section>`;
