// The process that is measured: our bridge, one conference, one sender, some receivers.
import { openBridge } from '../../src/emulator/bridge/bridge.ts';
import { createMeter, serve } from './serve.mjs';

let seats = [];

serve({
  ...createMeter(),
  async open({ receivers, ssrc }) {
    const bridge = await openBridge('127.0.0.1');
    const conference = bridge.openConference();
    seats = Array.from({ length: receivers + 1 }, (_, index) => sit(conference, `seat-${index}`));
    const track = { media: 'video', name: 'seat-0-v0', type: 'camera' };
    seats[0].seat.addSources([{ ssrc, announced: ssrc, layer: 0, repeats: null, forwarded: true, ...track }]);
    const { address, port } = bridge;
    return seats.map(({ seat }) => ({ ...seat.credentials, address, port }));
  },
  /** Comes back when the transport of every seat is up. */
  async expect({ fingerprints }) {
    for (const [index, { seat }] of seats.entries()) seat.expect(fingerprints[index]);
    await Promise.all(seats.map(({ up }) => up));
  },
});

function sit(conference, id) {
  let arrive;
  const up = new Promise(resolve => {
    arrive = resolve;
  });
  const seat = conference.join({ id, onState: state => state === 'up' && arrive() });
  return { seat, up };
}
