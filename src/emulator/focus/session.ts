import { randomBytes } from 'node:crypto';
import type { Bridge } from '../bridge/bridge.ts';
import type { BridgeConference } from '../bridge/conference.ts';
import type { ChannelConference } from '../channel/channels.ts';
import type { Person } from '../faults/fault.ts';
import type { Links } from '../faults/link.ts';
import { NS } from '../xmpp/namespaces.ts';
import type { Occupant } from '../xmpp/room.ts';
import { el, type Stanza } from '../xmpp/stanza.ts';
import { describeOffer, describeSources } from './jingle.ts';
import { joinSources, NO_SOURCES, readSources, type SourceSet, sizeOf, withoutSources } from './sources.ts';

/** The Jingle session between the focus and one occupant (XEP-0166), with its seat at the bridge. */
export interface Session {
  readonly sid: string;
  readonly occupant: Occupant;
  readonly sources: SourceSet;
  /** Milliseconds since the bridge had anything from the occupant; null when it never had. */
  readonly silenceMs: number | null;
  /** Sends the offer. */
  initiate(others: SourceSet): void;
  /** Takes the answer; false when it carries no fingerprint. Each takes what is new in it: see `added`. */
  accept(jingle: Stanza): SourceSet | null;
  addSources(jingle: Stanza): SourceSet;
  removeSources(jingle: Stanza): SourceSet;
  tellSources(action: 'source-add' | 'source-remove', set: SourceSet): void;
  /** Tells the occupant that the session is over (XEP-0166, 6.7). */
  terminate(reason: string): void;
  close(): void;
}

export interface SessionOptions {
  readonly roomJid: string;
  readonly occupant: Occupant;
  readonly bridge: Bridge;
  readonly conference: BridgeConference;
  readonly person: Person;
  /** Without it the occupant is offered no bridge channel. */
  readonly channels?: ChannelConference | undefined;
  /** The way of the occupant's media. */
  readonly links?: Links | undefined;
  /** DTLS failed: nothing will ever flow here. */
  readonly onFailed: () => void;
}

/** What is kept of one participant's sources, and offered to each who comes: six times what three layers take. */
const MAX_ANNOUNCED_CHARS = 64 * 1024;

/** Opens a session with a seat of its own at the bridge. */
export function createSession(options: SessionOptions): Session {
  const { roomJid, occupant, bridge, conference, person, channels, links, onFailed } = options;
  const sid = randomBytes(8).toString('hex');
  const focusJid = `${roomJid}/focus`;
  // Before the seat, which has things to tell from the start.
  const pass = channels?.admit(occupant.nick, person, {
    onConstraints: constraints => seat.constrain(constraints),
    onVideoType: (source, type) => seat.setVideoType(source, type),
  });
  const seat = conference.join({
    id: occupant.nick,
    links,
    onState: state => state === 'failed' && onFailed(),
  });
  let sources = NO_SOURCES;
  let requests = 0;

  const send = (action: string, children: readonly Stanza[]) => {
    const { client } = occupant;
    requests += 1;
    const jingle = { xmlns: NS.jingle, action, sid, initiator: focusJid, responder: client.jid };
    const iq = { xmlns: NS.client, type: 'set', id: `${sid}-${requests}`, from: focusJid, to: client.jid };
    client.send(el('iq', iq, el('jingle', jingle, ...children)));
  };
  const take = (jingle: Stanza): SourceSet => {
    // Neither announced nor forwarded: the bridge drops the packets of a source that is nobody's.
    if (occupant.client.claims.watches) return NO_SOURCES;
    const read = readSources(jingle, `${roomJid}/${occupant.nick}`);
    if (sizeOf(sources) + sizeOf(read) > MAX_ANNOUNCED_CHARS) return NO_SOURCES;
    const known = sources.sources.map(source => source.ssrc);
    // A source of somebody else's is not announced under this name, nor forwarded from here.
    const refused = seat.addSources(read.sources).map(source => source.ssrc);
    // What the others know is not told again, or saying it over and over would make every offer longer.
    const added = withoutSources(read, new Set([...refused, ...known]));
    sources = joinSources(sources, added);
    return added;
  };

  return {
    sid,
    occupant,
    get sources() {
      return sources;
    },
    get silenceMs() {
      return seat.silenceMs;
    },
    initiate(others) {
      const { credentials } = seat;
      const { fingerprint, ownSources } = bridge;
      const places = bridge.placesFor(occupant.client.reached ?? []);
      const channelUrl = pass && occupant.client.base + pass.path;
      const transport = { ...credentials, places, fingerprint, ownSources, channelUrl };
      send('session-initiate', describeOffer(transport, others, sid));
    },
    accept(jingle) {
      const fingerprint = jingle
        .getChild('content')
        ?.getChild('transport', NS.ice)
        ?.getChild('fingerprint', NS.dtls);
      if (!fingerprint?.attrs.hash) return null;
      seat.expect({ hash: fingerprint.attrs.hash, value: fingerprint.getText() });
      return take(jingle);
    },
    addSources: take,
    removeSources(jingle) {
      const gone = new Set(readSources(jingle, '').sources.map(source => source.ssrc));
      const kept = withoutSources(sources, gone);
      const stays = new Set(kept.sources.map(source => source.ssrc));
      const removed = withoutSources(sources, stays);
      sources = kept;
      seat.removeSources(removed.sources.map(source => source.ssrc));
      return removed;
    },
    tellSources(action, set) {
      const children = describeSources(set);
      if (children.length > 0) send(action, children);
    },
    terminate: reason => send('session-terminate', [el('reason', {}, el(reason))]),
    close() {
      pass?.close();
      seat.close();
    },
  };
}
