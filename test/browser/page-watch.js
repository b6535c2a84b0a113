// Runs in every page before its first script: counts what the page opens, and answers the tests' questions.
(() => {
  const connections = [];
  const tracks = [];
  let asked = 0;

  window.RTCPeerConnection = new Proxy(window.RTCPeerConnection, {
    construct(target, args) {
      const connection = Reflect.construct(target, args);
      connections.push(connection);
      return connection;
    },
  });

  const devices = navigator.mediaDevices;
  const ask = devices?.getUserMedia.bind(devices);
  if (ask) {
    devices.getUserMedia = async wanted => {
      asked += 1;
      const stream = await ask(wanted);
      tracks.push(...stream.getTracks());
      return stream;
    };
  }

  window.__watch = {
    /** How often the page asked for camera or microphone. */
    asked: () => asked,
    events: () => (window.__meet?.events ?? []).map(({ name }) => name),
    /** What still holds network, camera or microphone. */
    held: () => ({
      connections: connections.filter(({ connectionState }) => connectionState !== 'closed').length,
      tracks: tracks.filter(({ readyState }) => readyState === 'live').length,
    }),
    /** The statistics of everything that arrives. */
    async inbound() {
      const stats = await Promise.all(connections.map(connection => connection.getStats()));
      return stats.flatMap(reports => [...reports.values()].filter(({ type }) => type === 'inbound-rtp'));
    },
    /** The ends of the way that each connection's media takes. */
    async ways() {
      const live = connections.filter(({ connectionState }) => connectionState === 'connected');
      const stats = await Promise.all(live.map(connection => connection.getStats()));
      return stats.map(reports => {
        const all = [...reports.values()];
        const { selectedCandidatePairId } = all.find(({ type }) => type === 'transport');
        const { localCandidateId, remoteCandidateId } = reports.get(selectedCandidatePairId);
        const { address: to, port: toPort, protocol } = reports.get(remoteCandidateId);
        return { from: reports.get(localCandidateId).address, to, toPort, protocol };
      });
    },
    /** Decoded frames of each picture that arrives, by its SSRC. */
    async frames() {
      const pictures = (await this.inbound()).filter(({ kind }) => kind === 'video');
      return Object.fromEntries(pictures.map(({ ssrc, framesDecoded }) => [ssrc, framesDecoded]));
    },
  };
})();
