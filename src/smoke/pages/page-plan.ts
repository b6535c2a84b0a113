/** A page of the user's, and what it needs to be told. Nothing here is known to our server. */
export interface PagePlan {
  /** With `{sessionId}`, `{uid}`, `{name}` and `{n}` in it where it has them. */
  readonly url: string;
  /** Filled before joining, each as soon as it is there; the same words in braces may stand in `text`. */
  readonly fill: readonly Field[];
  /** Selectors; undefined: the usual controls. */
  readonly join: string | undefined;
  readonly leave: string | undefined;
  /** Milliseconds; undefined: what the page's backend can do. */
  readonly goneWithinMs: number | undefined;
  /** Of the first person, the second …; undefined: cometchat-uid-1 and so on, which every app of the vendor's begins with. */
  readonly uids: readonly string[] | undefined;
  /** Makes a session where ids cannot be made up; undefined: any id that nobody used before. */
  readonly createSession: (() => Promise<CreatedSession>) | undefined;
  /** Starts what serves the page; undefined: it is served already. */
  readonly startApp: (() => RunningApp) | undefined;
  /** An id that nobody used before, lower-case. */
  readonly newId: () => string;
}

export interface Field {
  readonly selector: string;
  readonly text: string;
}

export interface CreatedSession {
  readonly sessionId: string;
  /** By the person's name, where links differ in more than the words in braces. */
  readonly links?: Readonly<Record<string, string>>;
}

/** A command that serves the page. */
export interface RunningApp {
  readonly command: string;
  /** Resolves when it ended by itself, to how, in words: 'ended with exit code 1'. */
  readonly ended: Promise<string>;
  /** The last lines it wrote; '' for none. */
  lastLines(): string;
  /** Ends it with all that it started; a second call waits for the same end. */
  stop(): Promise<void>;
}
