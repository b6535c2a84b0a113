/** The part of Calls SDK v4 that the adapter uses. */
export interface V4Calls {
  readonly CallAppSettingsBuilder: new () => V4AppSettingsBuilder;
  readonly CallSettingsBuilder: new () => V4CallSettingsBuilder;
  readonly OngoingCallListener: new (handlers: V4Handlers) => object;
  /** Rejects with a plain `{code, message}`, as everything here does. */
  init(settings: object): Promise<void>;
  generateToken(sessionId: string, authToken: string): Promise<{ token: string }>;
  /** Resolves at once, and also when it failed: errors go to the listener's `onError` only. */
  startSession(callToken: string, settings: object, container: HTMLElement): Promise<void>;
  endSession(): void;
  muteAudio(mute: boolean): void;
  pauseVideo(pause: boolean): void;
  /** Knows a device only after `onMediaDeviceListUpdated` told of it. */
  setAudioOutputDevice(deviceId: string): void;
}

interface V4AppSettingsBuilder {
  setAppId(appId: string): this;
  setRegion(region: string): this;
  setHost(base: string): this;
  build(): object;
}

export interface V4CallSettingsBuilder {
  setCallListener(listener: object): this;
  /** `DEFAULT` is what v5 calls `SIDEBAR`. */
  setMode(mode: 'DEFAULT' | 'TILE' | 'SPOTLIGHT'): this;
  startWithAudioMuted(muted: boolean): this;
  startWithVideoMuted(muted: boolean): this;
  showMuteAudioButton(shown: boolean): this;
  showPauseVideoButton(shown: boolean): this;
  showScreenShareButton(shown: boolean): this;
  showRecordingButton(shown: boolean): this;
  showModeButton(shown: boolean): this;
  showVirtualBackgroundSetting(shown: boolean): this;
  build(): object;
}

export interface V4User {
  readonly uid: string;
  readonly name: string;
  readonly avatar?: string;
  /** The joiner's own clock, epoch ms, sometimes as text (the vendor's spelling). */
  readonly joinnedAt?: number | string;
}

export interface V4Handlers {
  onUserJoined(user: V4User): void;
  onUserLeft(user: V4User): void;
  onUserListUpdated(users: readonly (V4User & { readonly id?: string })[]): void;
  onUserMuted(change: { readonly muted: V4User }): void;
  onUserUnMuted(change: { readonly muted: V4User }): void;
  onMediaDeviceListUpdated(): void;
  onScreenShareStarted(): void;
  onScreenShareStopped(): void;
  onRecordingStarted(change: unknown): void;
  onRecordingStopped(): void;
  onCallEndButtonPressed(): void;
  onCallEnded(): void;
  onSessionTimeout(): void;
  onError(error: { readonly code?: string; readonly message?: string }): void;
}
