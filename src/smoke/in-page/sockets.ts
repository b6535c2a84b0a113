// Every WebSocket of the page: a call that never connects usually has its reason here.
import type { SocketSnapshot } from '../people/snapshot.ts';

const STATES = ['connecting', 'open', 'closing', 'closed'] as const;
const sockets: { url: string; socket: WebSocket; closeCode: number | null }[] = [];

export function watchSockets(): void {
  const Original = window.WebSocket;
  window.WebSocket = new Proxy(Original, {
    construct(target, args, newTarget) {
      const socket: WebSocket = Reflect.construct(target, args, newTarget);
      const kept = { url: withoutQuery(socket.url), socket, closeCode: null as number | null };
      socket.addEventListener('close', ({ code }) => {
        kept.closeCode = code;
      });
      sockets.push(kept);
      return socket;
    },
  });
}

export function socketSnapshots(): SocketSnapshot[] {
  return sockets.map(({ url, socket, closeCode }) => ({
    url,
    state: STATES[socket.readyState] ?? 'closed',
    closeCode,
  }));
}

/** The query carries the call token. */
function withoutQuery(url: string): string {
  return url.split('?', 1)[0] ?? '';
}
