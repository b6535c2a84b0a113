/**
 * Only with the emulator and SDK v4, which always dials `wss://xmpp.<host>/xmpp-websocket`: a name and a certificate that a
 * laptop does not have. This turns that one address into the page's own origin and leaves every other socket alone.
 */
const signalling = /^wss:\/\/xmpp\.[^/]+(\/xmpp-websocket(?:\?.*)?)$/;

function toOwnOrigin(address: string | URL): string | URL {
  const path = signalling.exec(String(address))?.[1];
  return path ? `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}${path}` : address;
}

window.WebSocket = new Proxy(window.WebSocket, {
  construct(target, [address, ...rest], newTarget) {
    return Reflect.construct(target, [toOwnOrigin(address), ...rest], newTarget);
  },
});
