// Runs in every frame before the page's own scripts, unless the lint is off.
import { watchConsole } from './lint-console.ts';
import { watchContainer } from './lint-container.ts';
import { tell } from './lint-tell.ts';

if (!window.__meetLintRuns) {
  window.__meetLintRuns = true;
  if (!isSecureContext && location.protocol === 'http:') tell({ kind: 'insecure', url: location.href });
  watchConsole();
  watchContainer();
}
