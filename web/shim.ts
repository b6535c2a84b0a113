/**
 * Only with the emulator and SDK v4, which always dials `wss://xmpp.<host>/xmpp-websocket`: a name and a certificate that a
 * laptop does not have. This turns that one address into the page's own origin and leaves everything else alone.
 */
const SIGNALLING = /^(?:wss|https):\/\/xmpp\.[^/]+(\/xmpp-websocket(?:\?.*)?)$/;

function toOwnOrigin(address: string | URL): string | URL {
  const path = SIGNALLING.exec(String(address))?.[1];
  return path ? `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}${path}` : address;
}

window.WebSocket = new Proxy(window.WebSocket, {
  construct(target, [address, ...rest], newTarget) {
    return Reflect.construct(target, [toOwnOrigin(address), ...rest], newTarget);
  },
});

/** v4 also knocks there over https every minute, and writes the address, token and all, to the console when nobody opens. */
window.fetch = new Proxy(window.fetch, {
  apply: (target, self, [input, ...rest]) =>
    SIGNALLING.test(String(input))
      ? Promise.resolve(new Response())
      : Reflect.apply(target, self, [input, ...rest]),
});
