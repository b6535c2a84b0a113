// Runs in every frame before the page's own scripts, unless the lint is off.
import { watchConsole } from './lint-console.ts';
import { watchContainer } from './lint-container.ts';
import { watchPartings } from './lint-sockets.ts';
import { tell } from './lint-tell.ts';

if (!window.__meetLintRuns) {
  window.__meetLintRuns = true;
  if (!isSecureContext && location.protocol === 'http:') tellInsecure();
  watchConsole();
  watchContainer();
  watchPartings();
}

/** A frame of somebody else's may be what it likes, unless the call is in it. */
function tellInsecure(): void {
  const tellNow = () => tell({ kind: 'insecure', url: location.href });
  if (window === top) tellNow();
  else addEventListener('load', () => 'CometChatCalls' in window && tellNow());
}
