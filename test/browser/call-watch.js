// Runs in a page before its first script: what its calls do over time, for tests of bad networks.
(() => {
  const INTERVAL_MS = 50;
  const connections = [];
  const sockets = [];
  const motions = [];
  const decoded = new Map();

  window.RTCPeerConnection = new Proxy(window.RTCPeerConnection, {
    construct(target, args) {
      const connection = Reflect.construct(target, args);
      connections.push(connection);
      return connection;
    },
  });

  window.WebSocket = new Proxy(window.WebSocket, {
    construct(target, args) {
      const socket = Reflect.construct(target, args);
      const record = { path: new URL(socket.url).pathname, openedAt: null, closedAt: null, code: null };
      sockets.push(record);
      socket.addEventListener('open', () => {
        record.openedAt = Date.now();
      });
      socket.addEventListener('close', ({ code }) => {
        record.closedAt = Date.now();
        record.code = code;
      });
      return socket;
    },
  });

  const live = () => connections.filter(({ connectionState }) => connectionState !== 'closed');
  async function look() {
    for (const connection of live()) {
      for (const { id, type, kind, framesDecoded } of (await connection.getStats()).values()) {
        if (type !== 'inbound-rtp' || kind !== 'video') continue;
        if (framesDecoded > (decoded.get(id) ?? 0)) motions.push(Date.now());
        decoded.set(id, framesDecoded);
      }
    }
    setTimeout(look, INTERVAL_MS);
  }
  look();

  window.__call = {
    /** Every report of every connection that is not closed. */
    async reports() {
      const stats = await Promise.all(live().map(connection => connection.getStats()));
      return stats.flatMap(reports => [...reports.values()]);
    },
    /** When another's picture had moved since the look before, in milliseconds since the epoch. */
    motions: () => motions,
    sockets: () => sockets,
  };
})();
