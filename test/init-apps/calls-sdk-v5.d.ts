// What SDK v5 declares of the members that `meet init web` uses, told from its documentation; v5 itself cannot be installed here.
interface User {
  uid: string;
  name: string;
}

interface CallError {
  errorCode?: string;
  errorDescription?: string;
  message?: string;
}

type EventName =
  | 'onSessionJoined'
  | 'onSessionLeft'
  | 'onSessionTimedOut'
  | 'onConnectionClosed'
  | 'onConnectionFailed'
  | 'onLeaveSessionButtonClicked';

export declare class CometChatCalls {
  static init(settings: {
    appId: string;
    region: string;
    host?: string;
    adminHost?: string;
    clientHost?: string;
  }): Promise<{ success: true; error: null } | { success: false; error: CallError }>;
  static loginWithAuthToken(authToken: string): Promise<User>;
  static getLoggedInUser(): User | null;
  static generateToken(sessionId: string, authToken?: string): Promise<{ token: string }>;
  static joinSession(
    callToken: string,
    settings: { sessionType?: 'VIDEO' | 'VOICE' },
    container: HTMLElement,
  ): Promise<{ data: undefined; error: null } | { data: null; error: CallError }>;
  static leaveSession(): void;
  static addEventListener(
    name: EventName,
    listener: (detail?: unknown) => void,
    options?: { signal?: AbortSignal },
  ): () => void;
}
