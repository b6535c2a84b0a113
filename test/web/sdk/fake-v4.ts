import type { V4Page } from '../../../web/sdk/v4-page.ts';
import type { V4Calls, V4Handlers } from '../../../web/sdk/v4-types.ts';

/** Stands for SDK v4 where only the table of events is asked; that they come is proven in the browser. */
export function createFakeV4(
  answers: { init?: () => Promise<void>; generateToken?: () => Promise<{ token: string }> } = {},
) {
  const done: string[] = [];
  const handlers: { current?: V4Handlers } = {};
  const calls: V4Calls = {
    CallAppSettingsBuilder: class {
      setAppId = () => this;
      setRegion = () => this;
      setHost = (base: string) => {
        done.push(`setHost ${base}`);
        return this;
      };
      build = () => ({});
    },
    CallSettingsBuilder: class {
      setCallListener = () => this;
      setMode = (mode: string) => this.#note('setMode', mode);
      startWithAudioMuted = (muted: boolean) => this.#note('startWithAudioMuted', muted);
      startWithVideoMuted = (muted: boolean) => this.#note('startWithVideoMuted', muted);
      showMuteAudioButton = (shown: boolean) => this.#note('showMuteAudioButton', shown);
      showPauseVideoButton = (shown: boolean) => this.#note('showPauseVideoButton', shown);
      showScreenShareButton = (shown: boolean) => this.#note('showScreenShareButton', shown);
      showRecordingButton = (shown: boolean) => this.#note('showRecordingButton', shown);
      showModeButton = (shown: boolean) => this.#note('showModeButton', shown);
      showVirtualBackgroundSetting = (shown: boolean) => this.#note('showVirtualBackgroundSetting', shown);
      build = () => ({});
      #note(name: string, value: unknown): this {
        done.push(`${name} ${value}`);
        return this;
      }
    },
    OngoingCallListener: class {
      constructor(given: V4Handlers) {
        handlers.current = given;
      }
    },
    init: answers.init ?? (async () => {}),
    generateToken:
      answers.generateToken ?? (async (_, authToken) => ({ token: `call token for ${authToken}` })),
    startSession: async () => void done.push('startSession'),
    endSession: () => void done.push('endSession'),
    muteAudio: mute => void done.push(`muteAudio ${mute}`),
    setAudioOutputDevice: id => void done.push(`setAudioOutputDevice ${id}`),
    pauseVideo: pause => void done.push(`pauseVideo ${pause}`),
  };
  return { calls, done, handlers };
}

/** The page as the adapter looks at it, moved by hand. */
export function createFakePage(done: string[]) {
  const state = { failure: null as { code: string; message: string } | null, released: true };
  const moves = {
    look: () => {},
    clickLeave: () => {},
    lost: () => {},
    restored: () => {},
    failed: () => {},
  };
  const page: V4Page = {
    observe(_container, _deep, onChange) {
      moves.look = onChange;
      return () => {
        moves.look = () => {};
      };
    },
    onLeaveClick(_container, onClick) {
      moves.clickLeave = onClick;
      return () => {};
    },
    failureIn: () => state.failure,
    watchConnection(on) {
      Object.assign(moves, on);
      return () => {};
    },
    stopLocalTracks: () => void done.push('stopLocalTracks'),
    forgetLostDevices: async () => {},
    chooseDevices: settings =>
      void done.push(...Object.entries(settings).map(([name, id]) => `${name} ${id}`)),
    shutRooms: () => void done.push('shutRooms'),
    isReleased: () => state.released,
  };
  return { page, state, moves };
}
