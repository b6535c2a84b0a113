import type { Emitter } from './emitter.ts';
import type { SdkParticipant, SdkUser } from './types.ts';
import type { V4Handlers, V4User } from './v4-types.ts';

/** What the session decides on; everything else is only renamed. */
export interface V4Turns {
  joined(): void;
  leaving(): void;
  ended(): void;
  failed(error: unknown): void;
  /** Epoch ms of our own start, to tell ourselves from an older tab of the same user. */
  startedAt(): number;
}

/** v4's listener object, told in v5's events. */
export function createV4Handlers(user: SdkUser, turns: V4Turns, { emit }: Emitter): V4Handlers {
  const isMe = (other: V4User) => other.uid === user.uid;
  return {
    onUserJoined(other) {
      // v4 has no event of its own for "I joined": one's own arrival is told like everybody's.
      const mine = isMe(other) && Number(other.joinnedAt ?? Infinity) >= turns.startedAt();
      if (mine) turns.joined();
      else emit('onParticipantJoined', toParticipant(other));
    },
    onUserLeft: other => emit('onParticipantLeft', toParticipant(other)),
    onUserListUpdated: users => emit('onParticipantListChanged', users.map(toParticipant)),
    onUserMuted: ({ muted }) =>
      isMe(muted) ? emit('onAudioMuted') : emit('onParticipantAudioMuted', toParticipant(muted)),
    onUserUnMuted: ({ muted }) =>
      isMe(muted) ? emit('onAudioUnMuted') : emit('onParticipantAudioUnmuted', toParticipant(muted)),
    onScreenShareStarted: () => emit('onScreenShareStarted'),
    onScreenShareStopped: () => emit('onScreenShareStopped'),
    onRecordingStarted: change => emit('onRecordingStarted', change),
    onRecordingStopped: () => emit('onRecordingStopped'),
    onCallEndButtonPressed() {
      turns.leaving();
      emit('onLeaveSessionButtonClicked');
    },
    // Also told to the last one left, who is still connected: the session knows whether it is an end.
    onCallEnded: () => turns.ended(),
    onSessionTimeout: () => emit('onSessionTimedOut'),
    onError: error => turns.failed(error),
  };
}

function toParticipant({ uid, name, avatar, ...rest }: V4User & { readonly id?: string }): SdkParticipant {
  return { pid: rest.id ?? uid, uid, name, ...(avatar && { avatar }) };
}
