import type { Evidence } from '../evidence.ts';
import { type Html, html } from './html.ts';
import { renderSection } from './section.ts';
import { instant } from './words.ts';

/** Rules that the pages broke while they ran. */
export function renderFindings({ report: { lint, phases } }: Evidence): Html {
  if (lint.length === 0) {
    const looked = phases.some(({ name }) => name === 'lint');
    const words = looked
      ? 'No rule was broken while the pages ran.'
      : 'Nothing was found; where the run ended early or --no-lint was given, not everything was looked at.';
    return renderSection('findings', 'Lint', html`<p class="quiet">${words}</p>`);
  }
  const items = lint.map(
    ({ ruleId, severity, message, person, t }) =>
      html`<li class="${severity}"><p><span class="badge">${severity}</span> <code>${ruleId}</code> <span class="quiet">${person ? `${person}, ` : ''}at ${instant(t)}</span></p><p>${message}</p></li>`,
  );
  return renderSection('findings', 'Lint', html`<ul class="findings">${items}</ul>`);
}
