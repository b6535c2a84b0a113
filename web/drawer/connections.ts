/**
 * Lets one look at the page's peer connections, whoever makes them: each has to set a local description. Its constructor stays
 * as it is, which the SDK may have taken already. Returns those that are open.
 */
export function watchConnections(): () => RTCPeerConnection[] {
  const seen = new Set<RTCPeerConnection>();
  const open = () => {
    for (const connection of seen) if (connection.signalingState === 'closed') seen.delete(connection);
    return seen;
  };
  const prototype = globalThis.RTCPeerConnection?.prototype;
  if (prototype) {
    prototype.setLocalDescription = new Proxy(prototype.setLocalDescription, {
      apply(target, connection: RTCPeerConnection, args) {
        // Nobody may ever look: what is closed is let go here too.
        open().add(connection);
        return Reflect.apply(target, connection, args);
      },
    });
  }
  return () => [...open()];
}
