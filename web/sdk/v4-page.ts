import type { SessionSettings } from './types.ts';
import { mendResume, type V4Conference } from './v4-resume.ts';

/**
 * What SDK v4 tells nobody and only shows, in the page or in the globals that it sets: failures of the connection, the end of
 * a session, and whether camera and microphone are free again.
 */
export interface V4Page {
  /** Calls back at every change of the container's content; `deep` looks below its children too. */
  observe(container: HTMLElement, deep: boolean, onChange: () => void): () => void;
  /** Calls back when the SDK's own leave button is clicked. */
  onLeaveClick(container: HTMLElement, onClick: () => void): () => void;
  failureIn(container: HTMLElement): { code: string; message: string } | null;
  watchConnection(on: { lost(): void; restored(): void; failed(): void; kicked(): void }): () => void;
  stopLocalTracks(): void;
  /** v4 insists on the camera and microphone it used last, by ids that a reload may change, and else joins without. */
  forgetLostDevices(): Promise<void>;
  /** v4 takes neither camera nor microphone as settings, but uses those that it remembers. */
  chooseDevices(settings: SessionSettings): void;
  /** Hangs up on the room there is, and on every one to come, for as long as the page lives. */
  shutRooms(): void;
  isReleased(container: HTMLElement): boolean;
}

interface LocalTrack {
  readonly disposed?: boolean;
  getTrack?(): MediaStreamTrack;
}

interface Evented {
  on?(name: string, listener: () => void): void;
  addEventListener?(name: string, listener: () => void): void;
}

interface V4Globals {
  /** Every local track that the SDK ever made. */
  readonly allTracks?: readonly LocalTrack[];
  /** The lib-jitsi-meet conference. */
  readonly room?: Room;
}

interface Room extends Evented, V4Conference {
  readonly connection?: Evented & { disconnect?(): Promise<unknown> } & V4Conference['connection'];
}

/** The names under which v4 remembers its devices in localStorage. */
const LAST_CAMERA = 'lastVideoDeviceId';
const LAST_MICROPHONE = 'lastAudioDeviceId';

const globals = () => window as unknown as V4Globals;

export const browserV4Page: V4Page = {
  observe(container, deep, onChange) {
    const observer = new MutationObserver(onChange);
    observer.observe(container, { childList: true, subtree: deep, characterData: deep });
    return () => observer.disconnect();
  },

  onLeaveClick(container, onClick) {
    // v4 acts on its button a whole second after the click, while camera and microphone go on.
    const check = ({ target }: Event) => {
      if ((target as Element).closest('.cc-end-call-icon-container, [data-testid="cc-end-call"]')) onClick();
    };
    container.addEventListener('click', check);
    return () => container.removeEventListener('click', check);
  },

  failureIn(container) {
    const shown = container.querySelector('.loading-container');
    const message = shown?.querySelector('.loading-text')?.textContent ?? '';
    // With neither camera nor microphone v4 offers its hang-up button here and never dials.
    if (shown?.querySelector('.cc-end-call-icon-container')) return { code: 'NO_DEVICES', message };
    return message.startsWith("Couldn't connect") ? { code: 'CONNECTION_FAILED', message } : null;
  },

  watchConnection({ lost, restored, failed, kicked }) {
    const { room } = globals();
    mendResume(room);
    // Of which v4 tells nobody; its page goes on showing the call.
    room?.on?.('conference.kicked', kicked);
    room?.on?.('conference.connectionInterrupted', lost);
    room?.on?.('conference.connectionRestored', restored);
    // v4 dials again by itself, but never re-enters the room: for the page this is the end of the session.
    room?.on?.('conference.failed', failed);
    room?.connection?.addEventListener?.('connection.connectionFailed', failed);
    window.addEventListener('offline', lost);
    window.addEventListener('online', restored);
    return () => {
      window.removeEventListener('offline', lost);
      window.removeEventListener('online', restored);
    };
  },

  stopLocalTracks() {
    for (const track of globals().allTracks ?? []) track.getTrack?.().stop();
  },

  async forgetLostDevices() {
    const devices = (await navigator.mediaDevices?.enumerateDevices()) ?? [];
    for (const name of [LAST_CAMERA, LAST_MICROPHONE]) {
      if (!devices.some(({ deviceId }) => deviceId === localStorage.getItem(name)))
        localStorage.removeItem(name);
    }
  },

  chooseDevices({ videoInputDeviceId, audioInputDeviceId }) {
    if (videoInputDeviceId) localStorage.setItem(LAST_CAMERA, videoInputDeviceId);
    if (audioInputDeviceId) localStorage.setItem(LAST_MICROPHONE, audioInputDeviceId);
  },

  shutRooms() {
    hangUp(globals().room);
    // v4 puts the room here right before it enters it.
    Object.defineProperty(window, 'room', { configurable: true, get: () => undefined, set: hangUp });
  },

  isReleased(container) {
    return container.childElementCount === 0 && (globals().allTracks ?? []).every(track => track.disposed);
  },
};

function hangUp(room: Room | undefined): void {
  room?.connection?.disconnect?.().catch(() => {});
}
