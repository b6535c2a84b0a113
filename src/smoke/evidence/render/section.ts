import { type Html, html } from './html.ts';

export function renderSection(id: string, title: string, content: Html): Html {
  return html`<section id="${id}" aria-labelledby="${id}-title"><h2 id="${id}-title">${title}</h2>
${content}</section>
`;
}

/** A part that scrolls by itself; keyboards can reach it. */
export function renderScroller(label: string, content: Html, className = ''): Html {
  return html`<div class="scroller ${className}" role="region" aria-label="${label}" tabindex="0">${content}</div>`;
}
