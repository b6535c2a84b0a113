// Runs before the page: keeps its connections, so that their statistics can be asked for.
{
  const Native = window.RTCPeerConnection;
  const connections = [];
  window.RTCPeerConnection = class extends Native {
    constructor(...options) {
      super(...options);
      connections.push(this);
    }
  };
  window.__media = async () => {
    const open = connections.filter(({ connectionState }) => connectionState !== 'closed');
    const reports = await Promise.all(open.map(connection => connection.getStats()));
    return reports.flatMap(report => [...report.values()]);
  };
}
