import type { ReceiverConstraints } from '../bridge/constraints.ts';
import type { Channels, Place } from '../channel/channels.ts';
import type { Wire } from '../channel/member.ts';
import { readMessage } from '../channel/messages.ts';
import type { Emit } from './trace.ts';

/** Tells whose bridge channel is open and closed, and what each wants to see. */
export function traceChannels(channels: Channels, emit: Emit): Channels {
  const wires = new Map<string, Wire>();

  const watch = (endpoint: string, place: Place, key: string): Place => {
    const { sessionId, uid } = place.person;
    const tell = (kind: string, detail: object) => emit(sessionId, kind, { who: uid, endpoint, ...detail });
    return {
      ...place,
      attach(wire) {
        wires.set(key, wire);
        tell('channel', { state: 'open' });
        place.attach(wire);
      },
      detach(wire) {
        place.detach(wire);
        // One that dialled again is on another wire by now.
        if (wires.get(key) !== wire) return;
        wires.delete(key);
        tell('channel', { state: 'closed' });
      },
      receive(text) {
        const taken = place.receive(text);
        const message = taken ? readMessage(text) : null;
        if (message?.kind === 'constraints') tell('constraints', plain(message.change));
        return taken;
      },
    };
  };

  return {
    ...channels,
    find(conferenceId, endpointId) {
      const place = channels.find(conferenceId, endpointId);
      return place && watch(endpointId, place, `${conferenceId}/${endpointId}`);
    },
  };
}

/** What there is in them; empty lists say nothing. */
function plain({ maxHeights, onStage, selected, ...rest }: Partial<ReceiverConstraints>): object {
  return {
    ...rest,
    ...(maxHeights && maxHeights.size > 0 && { maxHeights: Object.fromEntries(maxHeights) }),
    ...(onStage && onStage.length > 0 && { onStage }),
    ...(selected && selected.length > 0 && { selected }),
  };
}
