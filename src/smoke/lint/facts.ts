/**
 * What was seen of one person's page while it ran. It holds tokens, so that their ways can be followed: it is never
 * printed or kept. Times are milliseconds since the epoch.
 */
export interface PersonFacts {
  readonly person: string;
  /** The session was made up by the smoke test: no server has ever heard of it. */
  readonly invented: boolean;
  readonly requests: readonly RequestFact[];
  readonly sockets: readonly SocketFact[];
  /** Where its frames went, history entries too. */
  readonly places: readonly { readonly t: number; readonly url: string }[];
  /** Words that were long enough for a token, from the console and from errors that nobody caught. */
  readonly said: readonly { readonly t: number; readonly words: string }[];
  readonly containers: readonly ContainerFact[];
  readonly storages: readonly StorageFact[];
  /** Frames that the browser takes for unsafe. */
  readonly insecure: readonly { readonly t: number; readonly url: string }[];
  readonly leftovers: readonly LeftoverFact[];
}

export interface RequestFact {
  readonly t: number;
  readonly method: string;
  readonly url: string;
  /** Playwright's resource type: fetch, xhr, document … */
  readonly type: string;
  readonly body: string;
  /** Of CometChat's header of that name; null without the header. */
  readonly authToken: string | null;
  readonly callToken: string | null;
  /** Whether a key of CometChat's came with it. */
  readonly keyed: boolean;
  /** The origin of the page that asks. */
  readonly from: string;
  /** Null while unanswered. */
  status: number | null;
  /** True when the answer is for nobody else: it may not be stored, or led elsewhere. */
  personal: boolean;
}

export interface SocketFact {
  readonly url: string;
  readonly openedAt: number;
  /** When the page closed it, or the browser told its end; null while open. */
  closedAt: number | null;
}

/** The element that the SDK draws into, when it began to. Lengths in CSS pixels. */
export interface ContainerFact {
  readonly t: number;
  /** In the window where it is fixed to that, else in the page. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly position: string;
  /** The computed height before layout, like `400px`, `100%` or `auto`. */
  readonly cssHeight: string;
  readonly viewport: { readonly width: number; readonly height: number };
  /** What can be seen of the window, or by scrolling the page. */
  readonly reach: { readonly width: number; readonly height: number };
}

export interface StorageFact {
  readonly t: number;
  readonly area: 'localStorage' | 'sessionStorage';
  readonly key: string;
  readonly value: string;
}

/** What a page still held some seconds after it had left. */
export interface LeftoverFact {
  readonly t: number;
  readonly openConnections: number;
  readonly liveTracks: readonly string[];
}

/** Of a page that has only just been opened. */
export function emptyFacts(person: string): PersonFacts & RecordedFacts {
  return {
    ...{ person, invented: false, requests: [], sockets: [], places: [], said: [] },
    ...{ containers: [], storages: [], insecure: [], leftovers: [] },
  };
}

/** The same while it is being written. */
export type RecordedFacts = {
  -readonly [K in keyof PersonFacts]: PersonFacts[K] extends readonly (infer T)[] ? T[] : PersonFacts[K];
};
