import type { SdkParticipant, SdkUser } from './types.ts';
import { end, fail, pressLeave, type Stay, useSpeaker } from './v4-stay.ts';
import type { V4Handlers, V4User } from './v4-types.ts';

/** v4's listener object, told in v5's events. `joined`: called when `user` is in the room. */
export function createV4Handlers(user: SdkUser, stay: Stay, joined: () => void): V4Handlers {
  const { emit } = stay.emitter;
  const isMe = (other: V4User) => other.uid === user.uid;
  // v4 has no event of its own for "I joined": one's own arrival is told like everybody's, and another tab of the same
  // user like one's own; but that one came earlier.
  const isMyArrival = (other: V4User) => isMe(other) && Number(other.joinnedAt ?? Infinity) >= stay.startedAt;
  return {
    onUserJoined: other =>
      isMyArrival(other) ? joined() : emit('onParticipantJoined', toParticipant(other)),
    onUserLeft: other => emit('onParticipantLeft', toParticipant(other)),
    onUserListUpdated: users => emit('onParticipantListChanged', users.map(toParticipant)),
    onUserMuted: ({ muted }) =>
      isMe(muted) ? emit('onAudioMuted') : emit('onParticipantAudioMuted', toParticipant(muted)),
    onUserUnMuted: ({ muted }) =>
      isMe(muted) ? emit('onAudioUnMuted') : emit('onParticipantAudioUnmuted', toParticipant(muted)),
    onMediaDeviceListUpdated: () => useSpeaker(stay),
    onScreenShareStarted: () => emit('onScreenShareStarted'),
    onScreenShareStopped: () => emit('onScreenShareStopped'),
    onRecordingStarted: change => emit('onRecordingStarted', change),
    onRecordingStopped: () => emit('onRecordingStopped'),
    onCallEndButtonPressed: () => pressLeave(stay),
    // Also told to the last one left, who is still connected and may be joined again: only an end after a leave is one.
    onCallEnded: () => stay.stage === 'leaving' && end(stay),
    onSessionTimeout: () => emit('onSessionTimedOut'),
    onError: error => fail(stay, error),
  };
}

function toParticipant({ uid, name, avatar, ...rest }: V4User & { readonly id?: string }): SdkParticipant {
  return { pid: rest.id ?? uid, uid, name, ...(avatar && { avatar }) };
}
