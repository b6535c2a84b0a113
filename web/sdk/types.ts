/** The part of Calls SDK v5 that the page uses, in the vendor's words. SDK v4 is brought to it by the adapter. */
export interface CallsSdk {
  init(settings: InitSettings): Promise<InitResult>;
  loginWithAuthToken(authToken: string): Promise<SdkUser>;
  /** A plain object: `uid` is a property, there is no `getUid()`. */
  getLoggedInUser(): SdkUser | null;
  generateToken(sessionId: string, authToken?: string): Promise<{ token: string }>;
  /** Resolves on failure too, and may resolve before the join is through: only `onSessionJoined` proves it. */
  joinSession(callToken: string, settings: SessionSettings, container: HTMLElement): Promise<JoinResult>;
  leaveSession(): void;
  muteAudio(): void;
  unmuteAudio(): void;
  pauseVideo(): void;
  resumeVideo(): void;
  /** Returns the function that unsubscribes; there is no `removeEventListener`. */
  addEventListener(name: SdkEvent, listener: SdkListener, options?: { signal?: AbortSignal }): () => void;
}

/** What the page needs beyond v5: to know when it may join again. */
export interface JoinableSdk extends CallsSdk {
  /**
   * Resolves once a left session has let go of connection, camera and microphone: true. False after `RELEASE_MS`: then
   * only a fresh page can join again.
   */
  whenReleased(): Promise<boolean>;
  /** Whether it draws a button for sharing of its own, and tells of it with `onShareInviteButtonClicked`. */
  readonly sharesItself: boolean;
}

/** A room left without an answer from the server takes SDK v4 5 s to give up. */
export const RELEASE_MS = 7_000;

export interface SdkUser {
  readonly uid: string;
  readonly name: string;
}

export interface InitSettings {
  readonly appId: string;
  readonly region: string;
  readonly host?: string;
  readonly adminHost?: string;
  readonly clientHost?: string;
}

/** The vendor's names, of which an empty object is the recommended value. A `hide…` takes a control away. */
export interface SessionSettings {
  readonly layout?: 'TILE' | 'SIDEBAR' | 'SPOTLIGHT';
  readonly startAudioMuted?: boolean;
  readonly startVideoPaused?: boolean;
  readonly audioInputDeviceId?: string;
  readonly audioOutputDeviceId?: string;
  readonly videoInputDeviceId?: string;
  readonly enableParticipantContextMenu?: boolean;
  readonly hideToggleAudioButton?: boolean;
  readonly hideToggleVideoButton?: boolean;
  readonly hideSwitchCameraButton?: boolean;
  readonly hideScreenSharingButton?: boolean;
  readonly hideRecordingButton?: boolean;
  readonly hideStreamingButton?: boolean;
  readonly hideTranscriptionButton?: boolean;
  readonly hideVirtualBackgroundButton?: boolean;
  readonly hideChangeLayoutButton?: boolean;
  /** Hidden unless this is false. */
  readonly hideShareInviteButton?: boolean;
}

export type InitResult = { success: true; error: null } | { success: false; error: unknown };
export type JoinResult = { data: undefined; error: null } | { data: null; error: unknown };

export type SdkListener = (payload?: unknown) => void;

export interface SdkParticipant extends SdkUser {
  readonly pid: string;
}

export type SdkEvent =
  | 'onSessionJoined'
  | 'onSessionLeft'
  | 'onSessionTimedOut'
  | 'onConnectionLost'
  | 'onConnectionRestored'
  | 'onConnectionClosed'
  | 'onConnectionFailed'
  | 'onLeaveSessionButtonClicked'
  | 'onShareInviteButtonClicked'
  | 'onParticipantJoined'
  | 'onParticipantLeft'
  | 'onParticipantListChanged'
  | 'onParticipantAudioMuted'
  | 'onParticipantAudioUnmuted'
  | 'onAudioMuted'
  | 'onAudioUnMuted'
  | 'onScreenShareStarted'
  | 'onScreenShareStopped'
  | 'onRecordingStarted'
  | 'onRecordingStopped';
