/** What `meet.smoke.ts` exports by default. Flags of the same names win; docs/any-page.md tells about each. */
export interface SmokeConfig {
  url?: string;
  serve?: string;
  emulate?: boolean;
  people?: number | string;
  sameProfile?: boolean;
  /** Text by selector. */
  fill?: Record<string, string>;
  join?: string;
  leave?: string;
  goneWithin?: string;
  deadline?: string;
  /** Of the first person, the second … */
  uids?: string[];
  /** Called for each session that people meet in; `env` has MEET_URL and COMETCHAT_* besides the environment. */
  createSession?: (given: {
    env: Readonly<Record<string, string | undefined>>;
  }) => Promise<{ sessionId: string; links?: Record<string, string> }>;
}
