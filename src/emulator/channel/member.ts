import { INITIAL_CONSTRAINTS, type ReceiverConstraints, type VideoType } from '../bridge/constraints.ts';
import type { Person } from '../faults/fault.ts';
import { type Allowance, createAllowance } from './allowance.ts';
import { type ChannelMessage, messages } from './messages.ts';

/** An open channel's socket. */
export interface Wire {
  send(text: string): void;
  close(code: number): void;
}

/** What an endpoint's messages lead to at the bridge. */
export interface MemberHandlers {
  onConstraints(constraints: ReceiverConstraints): void;
  onVideoType(sourceName: string, type: VideoType): void;
}

/** One endpoint of a conference, with or without an open channel. */
export interface Member {
  readonly person: Person;
  readonly password: string;
  readonly allowance: Allowance;
  /** Takes the socket's place from an earlier one, and says what the endpoint missed while it had none. */
  attach(wire: Wire): void;
  /** The socket is gone; an earlier one no longer counts. */
  detach(wire: Wire): void;
  send(text: string): void;
  tellForwarded(sources: readonly string[]): void;
  tellDemand(heights: Readonly<Record<string, number>>): void;
  /** Acts on what concerns the endpoint alone. */
  take(message: ChannelMessage): void;
  close(): void;
}

export interface MemberOptions extends MemberHandlers {
  readonly person: Person;
  readonly password: string;
  readonly now: () => number;
  /** What a channel that opens late should know first. */
  readonly onAttach: (send: (text: string) => void) => void;
}

/**
 * The SDK sends a few messages per second while its user drags the layout about, else one every ten seconds. An
 * application may send more; each KiB costs as much as a message.
 */
const BURST = 200;
const PER_SECOND = 50;
/** RFC 6455, 7.4.1: "going away", upon which lib-jitsi-meet does not dial again if nobody else is there. */
const GOING_AWAY = 1001;
/** For private use by that section: lib-jitsi-meet closes its old socket itself before it opens another. */
const REPLACED = 4001;

export function createMember(options: MemberOptions): Member {
  const { person, password, now, onAttach, onConstraints, onVideoType } = options;
  let wire: Wire | null = null;
  let constraints = INITIAL_CONSTRAINTS;
  let forwarded: readonly string[] | null = null;
  let demand: Readonly<Record<string, number>> = {};

  const send = (text: string) => wire?.send(text);
  const tellHeights = (heights: Readonly<Record<string, number>>) => {
    for (const [source, height] of Object.entries(heights)) send(messages.demand(source, height));
  };

  return {
    person,
    password,
    // Its own and not its sockets', or dialling again would fill it up.
    allowance: createAllowance({ burst: BURST, perSecond: PER_SECOND, now }),
    attach(next) {
      wire?.close(REPLACED);
      wire = next;
      onAttach(send);
      if (forwarded) send(messages.forwarded(forwarded));
      tellHeights(demand);
    },
    detach(gone) {
      if (wire === gone) wire = null;
    },
    send,
    tellForwarded(sources) {
      forwarded = sources;
      send(messages.forwarded(sources));
    },
    tellDemand(heights) {
      const changed = Object.entries(heights).filter(([source, height]) => demand[source] !== height);
      demand = heights;
      tellHeights(Object.fromEntries(changed));
    },
    take(message) {
      if (message.kind === 'hello') send(messages.hello());
      if (message.kind === 'video-type') onVideoType(message.source, message.type);
      if (message.kind !== 'constraints') return;
      constraints = { ...constraints, ...message.change };
      onConstraints(constraints);
    },
    close() {
      wire?.close(GOING_AWAY);
      wire = null;
    },
  };
}
