// A participant without a browser: ICE, DTLS (werift) and SRTP (ours, to be fast enough to load the bridge).
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { DtlsServer } from 'werift';
import { createCertificate } from '../../src/emulator/bridge/certificate.ts';
import { exportKeys } from '../../src/emulator/bridge/dtls.ts';
import { createMediaCiphers } from '../../src/emulator/bridge/srtp-session.ts';
import { ATTRIBUTE, encodeStun, isStun, MESSAGE } from '../../src/emulator/bridge/stun.ts';

/** Opens a socket; `onMedia` is told of each RTP packet that arrives, still encrypted. */
export async function createPeer({ address, port, ufrag, pwd }, onMedia) {
  const certificate = await createCertificate();
  const socket = await openSocket();
  const send = datagram => socket.send(datagram, port, address);
  const transport = {
    type: 'udp',
    address: { address: '', port: 0, family: 'IPv4' },
    closed: false,
    onData() {},
    send: async datagram => send(datagram),
    close: async () => {},
  };
  const server = new DtlsServer({
    cert: certificate.certPem,
    key: certificate.keyPem,
    signatureHash: certificate.signatureHash,
    transport,
    srtpProfiles: [7],
    certificateRequest: true,
    extendedMasterSecret: true,
  });
  socket.on('message', datagram => {
    if (datagram[0] > 127 && (datagram[1] < 192 || datagram[1] > 223)) onMedia();
    else if (!isStun(datagram) && datagram[0] < 64) transport.onData(datagram);
  });
  let ciphers;
  let checking;
  return {
    fingerprint: certificate.fingerprint,
    /** Proves the address, again and again as consent wants it, and takes part in the handshake. */
    async connect() {
      const connected = new Promise(resolve => server.onConnect.once(resolve));
      const username = [ATTRIBUTE.username, Buffer.from(`${ufrag}:peer`)];
      const check = () => send(encodeStun(MESSAGE.bindingRequest, Buffer.alloc(12), [username], pwd));
      checking = setInterval(check, 2500).unref();
      check();
      await connected;
      const { profile, local, remote } = exportKeys(server);
      ciphers = createMediaCiphers(profile, local, remote);
    },
    seal: packet => ciphers.srtp.seal(packet),
    send,
    close() {
      clearInterval(checking);
      socket.close();
    },
  };
}

export async function openSocket(onMessage) {
  const socket = createSocket({
    type: 'udp4',
    recvBufferSize: 1 << 20,
    lookup: (address, _options, done) => done(null, address, 4),
  });
  if (onMessage) socket.on('message', onMessage);
  // Such a lookup answers at once, and so does the socket.
  const listening = once(socket, 'listening');
  socket.bind(0, '127.0.0.1');
  await listening;
  return socket;
}
