import { afterEach, expect, it, vi } from 'vitest';
import { watchConnections } from '../../../web/drawer/connections.ts';

afterEach(() => vi.unstubAllGlobals());

class Connection {
  signalingState = 'stable';
  async setLocalDescription() {}
}

it('a closed connection is let go at the next one, though nobody looks', async () => {
  vi.stubGlobal('RTCPeerConnection', Connection);
  const look = watchConnections();
  const [first, second] = [new Connection(), new Connection()];
  await first.setLocalDescription();
  expect(look()).toEqual([first]);
  first.signalingState = 'closed';
  await second.setLocalDescription();
  // As no real one can be: only so does it show that it is not known any more.
  first.signalingState = 'stable';
  expect(look()).toEqual([second]);
  expect(look()[0]).toBe(second);
});
