import type { JoinableSdk, SdkEvent, SdkUser } from '../sdk/types.ts';
import type { Entry } from './book.ts';

const EVENTS: readonly SdkEvent[] = [
  'onSessionJoined',
  'onSessionLeft',
  'onSessionTimedOut',
  'onConnectionLost',
  'onConnectionRestored',
  'onConnectionClosed',
  'onConnectionFailed',
  'onLeaveSessionButtonClicked',
  'onShareInviteButtonClicked',
  'onParticipantJoined',
  'onParticipantLeft',
  'onParticipantAudioMuted',
  'onParticipantAudioUnmuted',
  'onAudioMuted',
  'onAudioUnMuted',
  'onScreenShareStarted',
  'onScreenShareStopped',
  'onRecordingStarted',
  'onRecordingStopped',
];

/** Tells of what the SDK tells, until `over`. */
export function hearSdk(
  sdk: JoinableSdk,
  tell: (entry: Entry, who: Partial<SdkUser>) => void,
  over: AbortSignal,
): void {
  for (const name of EVENTS) {
    const hear = (payload?: unknown) => tell(entryOf(name, payload), Object(payload) as Partial<SdkUser>);
    quietly(() => sdk.addEventListener(name, payload => quietly(() => hear(payload)), { signal: over }));
  }
}

/** Ours and v4's errors say `code`, v5's `errorCode`. */
export function codeOf(error: unknown): string {
  const { code, errorCode, name } = Object(error) as Record<string, unknown>;
  return String(code ?? errorCode ?? name ?? error);
}

/** A drawer that fails takes nobody's call along. */
export function quietly(work: () => void): void {
  try {
    work();
  } catch {
    // worth no call
  }
}

function entryOf(name: SdkEvent, payload: unknown): Entry {
  const at = Date.now();
  if (name === 'onConnectionFailed') return { at, kind: 'error', name, detail: codeOf(payload) };
  const { uid } = Object(payload) as Partial<SdkUser>;
  return { at, kind: 'sdk', name, ...(uid && { who: uid }) };
}
