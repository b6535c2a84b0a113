import { byId } from './dom.ts';
import { texts } from './texts.ts';
import { showSection } from './view.ts';

/** What somebody sees who opens the server without a meeting: what this is, and how to make one. */
export function showHome(): void {
  const { title, lead, steps, note } = texts.home;
  document.title = texts.appName;
  byId('home-title', HTMLElement).textContent = title;
  byId('home-lead', HTMLElement).textContent = lead;
  byId('home-note', HTMLElement).textContent = note;
  byId('home-steps', HTMLElement).replaceChildren(...steps.map(toItem));
  showSection('home');
}

function toItem({ text, command }: { text: string; command: string }): HTMLLIElement {
  const item = document.createElement('li');
  const code = document.createElement('code');
  code.textContent = command;
  item.append(text, code);
  return item;
}
