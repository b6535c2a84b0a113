import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import { knockAtRoom } from '../../../src/smoke/doors/room-door.ts';

const SASL = 'xmlns="urn:ietf:params:xml:ns:xmpp-sasl"';
const BIND = 'xmlns="urn:ietf:params:xml:ns:xmpp-bind"';
const features = (inner: string) =>
  `<stream:features xmlns:stream="http://etherx.jabber.org/streams">${inner}</stream:features>`;

/** The other side of the way in, as far as the room's door, where `atDoor` answers. */
function serveXmpp(socket: WebSocket, atDoor: (presence: string) => string): void {
  let opened = 0;
  socket.on('message', data => {
    const text = data.toString();
    if (text.startsWith('<open')) {
      opened++;
      socket.send(features(opened === 1 ? `<mechanisms ${SASL}/>` : `<bind ${BIND}/>`));
    } else if (text.startsWith('<auth')) socket.send(`<success ${SASL}/>`);
    else if (text.startsWith('<iq')) socket.send(`<iq type="result" id="bind"><bind ${BIND}/></iq>`);
    else socket.send(atDoor(text));
  });
}

async function visit(onSocket: (socket: WebSocket) => void, signal = new AbortController().signal) {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  onTestFinished(() => server.close());
  server.on('connection', onSocket);
  await new Promise(resolve => server.once('listening', resolve));
  const socketUrl = `ws://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return knockAtRoom({ socketUrl, domain: 'localhost', sessionId: 'room-1', signal });
}

describe('knockAtRoom', () => {
  it('says so when the room lets it in', async () => {
    let asked = '';
    const answer = await visit(socket =>
      serveXmpp(socket, presence => {
        asked = presence;
        return '<presence from="room-1@conference.localhost/focus"/>';
      }),
    );
    expect(answer).toEqual({ entered: true });
    expect(asked).toContain('to="room-1@conference.localhost/stranger"');
  });

  it.each([
    [
      "the room's condition",
      '<presence type="error"><error type="cancel"><not-allowed/></error></presence>',
      'not-allowed',
    ],
    ["the stream's condition", '<stream:error><host-unknown/></stream:error>', 'host-unknown'],
  ])('tells %s', async (_, stanza, reason) => {
    expect(await visit(socket => serveXmpp(socket, () => stanza))).toEqual({ entered: false, reason });
  });

  it('tells the code with which a socket is closed', async () => {
    const answer = await visit(socket => socket.close(4001));
    expect(answer).toEqual({ entered: false, reason: 'closed with 4001' });
  });

  it('tells the status of a refused upgrade', async () => {
    const server = createServer((_, response) => response.writeHead(401).end());
    server.on('upgrade', (_, socket) => socket.end('HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n'));
    onTestFinished(() => void server.close());
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    const socketUrl = `ws://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const { signal } = new AbortController();
    expect(await knockAtRoom({ socketUrl, domain: 'localhost', sessionId: 'r', signal })).toEqual({
      entered: false,
      reason: 'HTTP 401',
    });
  });

  it('stops knocking when told to', async () => {
    const stop = new AbortController();
    const answer = visit(() => stop.abort(), stop.signal);
    expect(await answer).toMatchObject({ entered: false });
  });
});
