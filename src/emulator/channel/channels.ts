import { randomBytes } from 'node:crypto';
import type { ConferenceEvents } from '../bridge/conference.ts';
import type { Person } from '../faults/fault.ts';
import { createMember, type Member, type MemberHandlers, type Wire } from './member.ts';
import { messages, readMessage } from './messages.ts';

/** The bridge channels of all conferences: who may open one, and who hears whom. */
export interface Channels {
  openConference(): ChannelConference;
  /** The place of an endpoint, for whoever names it and its conference; null when there is none. */
  find(conferenceId: string, endpointId: string): Place | null;
}

/** One conference's channels. Nothing leaves it. */
export interface ChannelConference {
  /** Gives an endpoint a place, with a password of its own. The place it may have had before is closed. */
  admit(endpointId: string, person: Person, handlers: MemberHandlers): Pass;
  /** What the bridge has to tell. */
  readonly events: ConferenceEvents;
  close(): void;
}

/** An endpoint's right to a channel. */
export interface Pass {
  /** Path and query of the channel's URL: `/colibri-ws/<conference>/<endpoint>?pwd=…`. */
  readonly path: string;
  close(): void;
}

/** Where a channel's socket comes to. */
export interface Place {
  readonly person: Person;
  readonly password: string;
  attach(wire: Wire): void;
  detach(wire: Wire): void;
  /** Takes one message; false when there were too many. Nothing in it makes this throw. */
  receive(text: string): boolean;
}

/** `now` in milliseconds. */
export function createChannels(now: () => number): Channels {
  const conferences = new Map<string, Map<string, Member>>();
  return {
    openConference() {
      const id = randomBytes(8).toString('hex');
      const members = new Map<string, Member>();
      conferences.set(id, members);
      return createConference(id, members, now, () => conferences.delete(id));
    },
    find(conferenceId, endpointId) {
      const members = conferences.get(conferenceId);
      const member = members?.get(endpointId);
      return members && member ? placeOf(endpointId, member, members) : null;
    },
  };
}

function createConference(
  id: string,
  members: Map<string, Member>,
  now: () => number,
  onClose: () => void,
): ChannelConference {
  let speaker: string | null = null;
  return {
    admit(endpointId, person, handlers) {
      members.get(endpointId)?.close();
      const member = createMember({
        ...handlers,
        person,
        password: randomBytes(24).toString('base64url'),
        now,
        onAttach: send => speaker !== null && send(speaker),
      });
      members.set(endpointId, member);
      return {
        path: `/colibri-ws/${id}/${endpointId}?pwd=${member.password}`,
        close() {
          member.close();
          if (members.get(endpointId) === member) members.delete(endpointId);
        },
      };
    },
    events: {
      onDominantSpeaker(change) {
        // lib-jitsi-meet knows no word for "nobody any more".
        speaker = change.dominant === null ? null : messages.dominantSpeaker(change);
        if (speaker !== null) for (const member of members.values()) member.send(speaker);
      },
      onForwarded: (endpointId, sources) => members.get(endpointId)?.tellForwarded(sources),
      onDemand: (endpointId, heights) => members.get(endpointId)?.tellDemand(heights),
    },
    close() {
      for (const member of members.values()) member.close();
      members.clear();
      onClose();
    },
  };
}

function placeOf(id: string, member: Member, members: ReadonlyMap<string, Member>): Place {
  const sendToOthers = (text: string) => {
    for (const other of members.values()) if (other !== member) other.send(text);
  };
  const relay = (to: string, text: string) => (to === '' ? sendToOthers(text) : members.get(to)?.send(text));
  return {
    person: member.person,
    password: member.password,
    attach: wire => member.attach(wire),
    detach: wire => member.detach(wire),
    receive(text) {
      if (!member.allowance.take(1 + text.length / 1024)) return false;
      const message = readMessage(text);
      if (message?.kind === 'stats') sendToOthers(messages.stats(id, message.body));
      else if (message?.kind === 'message')
        relay(message.to, messages.message(id, message.to, message.payload));
      else if (message) member.take(message);
      return true;
    },
  };
}
