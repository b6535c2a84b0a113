import type { EventLog } from './event-log.ts';
import type { JoinableSdk, SdkEvent, SdkParticipant, SessionSettings } from './sdk/types.ts';
import { withholdDevices } from './still-devices.ts';
import type { LeftReason } from './texts.ts';

export interface SessionWatcher {
  lost(): void;
  restored(): void;
  arrived(name: string): void;
  gone(name: string): void;
  /** The SDK's own button for it was pressed. */
  share(): void;
  /** Told once, whatever ended it, and only after a join. `wished`: by who left. */
  ended(reason: LeftReason, wished: boolean): void;
}

export interface Entry {
  readonly sdk: JoinableSdk;
  readonly callToken: string;
  readonly settings: SessionSettings;
  /** Sees and hears the others, and is neither seen nor heard. */
  readonly watches: boolean;
  readonly container: HTMLElement;
  /** How long the SDK may take to say that it joined (ms). */
  readonly patienceMs: number;
  readonly log: EventLog;
}

/**
 * Joins, and from then on tells `watcher` what becomes of it. Rejects with the SDK's error, or `JOIN_TIMEOUT`; what the SDK
 * still tries then is ended.
 */
export function enterSession(entry: Entry, watcher: SessionWatcher): Promise<void> {
  const { sdk, callToken, settings, container } = entry;
  const stay = createStay(entry, watcher);
  hearSession(entry, stay, watcher);
  if (entry.watches) withholdDevices(stay.over);
  sdk.joinSession(callToken, settings, container).then(({ error }) => error && stay.fail(error), stay.fail);
  return stay.joined;
}

interface Stay {
  readonly joined: Promise<void>;
  /** Aborted when it is over: nothing is listened to any more. */
  readonly over: AbortSignal;
  confirm(): void;
  fail(error: unknown): void;
  exit(reason: LeftReason, wished?: boolean): void;
}

/** One way in and one way out, both of them only once. */
function createStay({ sdk, patienceMs }: Entry, watcher: SessionWatcher): Stay {
  const { promise: joined, resolve, reject } = withResolvers();
  const over = new AbortController();
  let inside = false;
  const timer = setTimeout(() => fail({ code: 'JOIN_TIMEOUT' }), patienceMs);

  function finish(): boolean {
    if (over.signal.aborted) return false;
    clearTimeout(timer);
    over.abort();
    leaveQuietly(sdk);
    return true;
  }

  function fail(error: unknown): void {
    if (inside || !finish()) return;
    // An SDK that was given up on may still get in: nobody may stay in a room unseen.
    sdk.addEventListener('onSessionJoined', () => leaveQuietly(sdk));
    reject(error);
  }

  return {
    joined,
    over: over.signal,
    fail,
    confirm() {
      inside = true;
      clearTimeout(timer);
      resolve();
    },
    exit(reason, wished = false) {
      if (!inside) fail({ code: 'CONNECTION_FAILED' });
      else if (finish()) watcher.ended(reason, wished);
    },
  };
}

/** Several events tell of one end (the click, left, closed): all of them go to the same exit. */
function hearSession({ sdk, log }: Entry, stay: Stay, watcher: SessionWatcher): void {
  let lost = false;
  const hear = (name: SdkEvent, then: (payload?: unknown) => void) =>
    sdk.addEventListener(
      name,
      payload => {
        log.add(name);
        then(payload);
      },
      { signal: stay.over },
    );
  // The only proof of a join: joinSession may resolve without an error and without one.
  hear('onSessionJoined', stay.confirm);
  hear('onConnectionFailed', error => stay.fail(error ?? { code: 'CONNECTION_FAILED' }));
  hear('onLeaveSessionButtonClicked', () => stay.exit('left', true));
  hear('onSessionTimedOut', () => stay.exit('timed-out'));
  hear('onSessionLeft', () => stay.exit(lost ? 'lost' : 'left'));
  hear('onConnectionClosed', () => stay.exit(lost ? 'lost' : 'left'));
  window.addEventListener('pagehide', () => stay.exit('left', true), { signal: stay.over });
  hear('onConnectionLost', () => {
    lost = true;
    watcher.lost();
  });
  hear('onConnectionRestored', () => {
    lost = false;
    watcher.restored();
  });
  hear('onShareInviteButtonClicked', watcher.share);
  hear('onParticipantJoined', payload => watcher.arrived((payload as SdkParticipant).name));
  hear('onParticipantLeft', payload => watcher.gone((payload as SdkParticipant).name));
}

function leaveQuietly(sdk: JoinableSdk): void {
  try {
    sdk.leaveSession();
  } catch {
    // not joined yet, or left already
  }
}

function withResolvers(): { promise: Promise<void>; resolve: () => void; reject: (error: unknown) => void } {
  let resolve = (): void => {};
  let reject: (error: unknown) => void = () => {};
  const promise = new Promise<void>((onResolve, onReject) => {
    resolve = onResolve;
    reject = onReject;
  });
  return { promise, resolve, reject };
}
