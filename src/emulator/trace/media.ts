import type { Bridge } from '../bridge/bridge.ts';
import type { BridgeConference, ConferenceEvents, JoinOptions } from '../bridge/conference.ts';
import type { SeatWatch } from '../bridge/watch.ts';
import { type Link, type Links, OPEN_LINK } from '../faults/link.ts';
import type { Room } from '../xmpp/room.ts';
import { type Counter, createCounts } from './counts.ts';
import type { Trace } from './trace.ts';

/** Opens the conference of a room. */
export type OpenMedia = (room: Room, events?: ConferenceEvents) => BridgeConference;

/** How close together key-frame requests for one track may be told (ms): a browser without a picture repeats them. */
const REQUEST_MS = 300;

/** Of those who left something is told still: their transport closes last. */
const MAX_REMEMBERED = 64;

type Tell = (endpoint: string, kind: string, detail: object) => void;

/** Tells of transports, layers, key frames, losses and bit rates of every conference that is opened. */
export function traceMedia(bridge: Bridge, { emit, isHeard }: Trace, now: () => number): OpenMedia {
  return (room, events) => {
    const session = room.jid.split('@', 1)[0] ?? '';
    const uids = new Map<string, string>();
    const uidOf = (endpoint: string) => room.occupants.get(endpoint)?.client.claims.user.uid;
    const tell: Tell = (endpoint, kind, detail) => {
      const who = uidOf(endpoint) ?? uids.get(endpoint);
      emit(session, kind, { who: who || undefined, endpoint, ...detail });
    };
    const conference = bridge.openConference(events && tellEvents(events, tell));
    const counts = createCounts({
      isHeard: () => isHeard(session),
      tell: (endpoint, totals) => tell(endpoint, 'bitrate', totals),
    });
    return {
      ...conference,
      join(options) {
        const { id } = options;
        remember(uids, id, uidOf(id));
        const counter = counts.open(id);
        return conference.join({
          ...options,
          links: countedLinks(options.links, counter),
          watch: watchSeat(id, counter, tell, now),
          onState(state) {
            tell(id, 'transport', { state });
            if (state === 'closed') counter.close();
            options.onState(state);
          },
        } satisfies JoinOptions);
      },
    };
  };
}

function tellEvents(events: ConferenceEvents, tell: Tell): ConferenceEvents {
  return {
    onDominantSpeaker(change) {
      if (change.dominant !== null)
        tell(change.dominant, 'speaker', { silence: change.silence || undefined });
      events.onDominantSpeaker(change);
    },
    onForwarded(id, sources) {
      tell(id, 'forwarded', { sources });
      events.onForwarded(id, sources);
    },
    onDemand(id, heights) {
      tell(id, 'demand', { heights });
      events.onDemand(id, heights);
    },
  };
}

function watchSeat(id: string, counter: Counter, tell: Tell, now: () => number): SeatWatch {
  const toldAt = new Map<string, number>();
  const isRepeated = (name: string) => {
    const at = now();
    if (at - (toldAt.get(name) ?? Number.NEGATIVE_INFINITY) < REQUEST_MS) return true;
    toldAt.set(name, at);
    return false;
  };
  return {
    onAddress: ({ address, port }) => tell(id, 'ice', { address: `${address}:${port}` }),
    onDtls: result => tell(id, 'dtls', result),
    onLayer(state, track, layer, height) {
      tell(id, 'layer', { state, track, layer: layer ?? 'none', height: height || undefined });
    },
    onKeyFrame(state, track, layer) {
      if (!isRepeated(`${state} ${track} ${layer}`)) tell(id, 'key-frame', { state, track, layer });
    },
    onLost(direction, packets) {
      counter.lost[direction] += packets;
    },
  };
}

/** What a bad network on purpose loses is counted too: it was sent. */
function countedLinks(links: Links = { up: OPEN_LINK, down: OPEN_LINK }, { bytes }: Counter): Links {
  const counted = (direction: 'up' | 'down'): Link => {
    const link = links[direction];
    return {
      pass(datagram, deliver) {
        bytes[direction] += datagram.length;
        link.pass(datagram, deliver);
      },
      close: () => link.close(),
    };
  };
  return { up: counted('up'), down: counted('down') };
}

/** Endpoint ids are new with every signalling connection, so the oldest are forgotten. */
function remember(uids: Map<string, string>, endpoint: string, uid = ''): void {
  uids.set(endpoint, uid);
  const oldest = uids.size > MAX_REMEMBERED ? uids.keys().next().value : undefined;
  if (oldest !== undefined) uids.delete(oldest);
}
