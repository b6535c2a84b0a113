import { createCamera, createPair } from '../emulator/bridge/layers.ts';
import { rtpPacket, vp8Payload } from '../emulator/bridge/media.ts';
import { fuzz } from './fuzz.ts';
import { spoiltBytes } from './mutations.ts';

const pair = createPair({ decodes: false });
createCamera(pair.sender);
const [track] = pair.sender.tracks.values();
if (track) pair.receiver.subscribe(track);
pair.receiver.setUp(true);
pair.receiver.choose(0);

const extensions = { 3: Buffer.alloc(3, 1), 5: Buffer.alloc(2, 1) };
const repeated = Buffer.concat([Buffer.from([0, 7]), vp8Payload({ key: true })]);

// What the endpoint hands over was signed by the sender, which may be anybody's program.
fuzz(
  'RTP',
  spoiltBytes([
    rtpPacket({ ssrc: 10, extensions, payload: vp8Payload({ key: true, height: 180 }) }),
    rtpPacket({ ssrc: 12, extensions, payload: vp8Payload({ pictureId: 0x7fff }) }),
    rtpPacket({ ssrc: 20, payloadType: 96, extensions, payload: repeated, padding: 8 }),
  ]),
  packet => {
    const bytes = Buffer.from(packet);
    if (bytes.length < 12 || pair.sender.wants(bytes.readUInt32BE(8), bytes)) pair.sender.take(bytes);
    pair.clock.nowMs += 1;
    pair.sender.tick(pair.clock.nowMs);
    pair.receiver.onLost(10, [bytes.length, 7], pair.clock.nowMs);
    pair.toSender.length = 0;
    pair.repeated.length = 0;
  },
);
