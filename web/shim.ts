import { mendResume, type V4Conference } from './sdk/v4-resume.ts';

/**
 * Only with the emulator and SDK v4, which always dials `wss://xmpp.<host>/xmpp-websocket`: a name and a certificate that a
 * laptop does not have. This turns that one address into the server that this script came from, be it the page's own or
 * another, and leaves everything else alone.
 */
const SIGNALLING = /^(?:wss|https):\/\/xmpp\.[^/]+(\/xmpp-websocket(?:\?.*)?)$/;

declare global {
  interface Window {
    /** The server's origin, where a test puts this script into a page that knows nothing of it. */
    __meetEmulator?: string;
  }
}

// Null in a module or a bundle: then only the page's own origin can be meant.
const script = document.currentScript as HTMLScriptElement | null;
const server = new URL(window.__meetEmulator || script?.src || location.href);

function toOurServer(address: string | URL): string | URL {
  const path = SIGNALLING.exec(String(address))?.[1];
  return path ? `${server.protocol === 'https:' ? 'wss' : 'ws'}://${server.host}${path}` : address;
}

window.WebSocket = new Proxy(window.WebSocket, {
  construct(target, [address, ...rest], newTarget) {
    // Before it resumes a call, and before a shared screen puts its own room in the call's place.
    if (SIGNALLING.test(String(address))) mendResume((window as { room?: V4Conference }).room);
    return Reflect.construct(target, [toOurServer(address), ...rest], newTarget);
  },
});

/** v4 also knocks there over https every minute, and writes the address, token and all, to the console when nobody opens. */
window.fetch = new Proxy(window.fetch, {
  apply: (target, self, [input, ...rest]) =>
    SIGNALLING.test(String(input))
      ? Promise.resolve(new Response())
      : Reflect.apply(target, self, [input, ...rest]),
});
