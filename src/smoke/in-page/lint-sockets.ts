// The moment at which the page itself closes a socket. The browser tells only of its end, and waits up to ten seconds for an
// answer of the other side, which a dead line never gives.
import { tell } from './lint-tell.ts';

export function watchPartings(): void {
  const { close } = WebSocket.prototype;
  WebSocket.prototype.close = function (...reason) {
    tell({ kind: 'parting', url: this.url });
    close.apply(this, reason);
  };
}
