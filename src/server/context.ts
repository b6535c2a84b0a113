import type { HostOverrides } from '../cometchat/bases.ts';
import type { CometChatClient } from '../cometchat/client.ts';
import type { LinkedApps } from '../core/app-links.ts';
import type { MeetingStore } from '../store/store.ts';
import type { AdminCodes } from './admin-codes.ts';
import type { AuditTrail } from './audit.ts';
import type { Bouncer } from './bouncer.ts';
import type { Drain } from './drain.ts';
import type { EventSource } from './event-streams.ts';
import type { FaultPort } from './fault-port.ts';
import type { Grants } from './grants.ts';
import type { HostApp } from './host-app.ts';
import type { HostPolicy } from './hosts.ts';
import type { Limiter } from './limiter.ts';
import type { Metrics } from './metrics.ts';
import type { RateLimits } from './rate-limits.ts';
import type { Proxies } from './remote.ts';
import type { Sdk } from './sdk.ts';
import type { Tracing } from './tracing.ts';
import type { VisitLimits } from './visit-limits.ts';

/** CometChat as this server uses it, and as it tells the page to. */
export interface CometChatSide {
  readonly client: CometChatClient;
  readonly appId: string;
  readonly region: string;
  /** Dedicated hosts of the cloud; with the emulator the page gets this server's own. */
  readonly hosts?: HostOverrides;
}

/** Answers who is in a session now, each once. */
export type Presence = (sessionId: string) => readonly { readonly uid: string; readonly name: string }[];

/** Everything the app needs from outside; it reads no environment and opens nothing by itself. */
export interface AppOptions {
  readonly store: MeetingStore;
  readonly grants: Grants;
  /** Signs identity and invite tokens. */
  readonly secret: string;
  readonly adminKey: string;
  readonly cometchat: CometChatSide;
  readonly emulatorOn: boolean;
  /** What the emulator does wrong on purpose; without it, or with the cloud, nothing. */
  readonly faults?: FaultPort | null;
  /** Guests may name their uid. True only with the emulator, whose users are nobody's accounts. */
  readonly claimedUids: boolean;
  /** The server makes the call tokens, and the browser never holds an auth token. */
  readonly strict: boolean;
  readonly sdk: Sdk;
  /** The folder with the built page. */
  readonly webRoot: string;
  /** Where links point. */
  readonly baseUrl: string;
  readonly hosts: HostPolicy;
  /** Whose word for where requests come from is taken; nobody's by default. */
  readonly proxies?: Proxies | undefined;
  /** The apps that open our links. */
  readonly apps?: LinkedApps | undefined;
  /** This very process takes https, under names of this machine. */
  readonly tls?: {
    /** Other machines are served by https only. */
    readonly required: boolean;
    /** PEM of the authority to trust, where it is for us to hand out. */
    readonly authority: (() => string) | null;
  };
  /** What happens in the sessions; only the emulator knows. */
  readonly events?: EventSource;
  /** Who is in a session now; only the emulator knows. */
  readonly presence?: Presence;
  /** Puts people out who may not stay; only where the emulator is. */
  readonly bouncer?: Bouncer;
  /** False: only who was proven, by an invite or the host application. */
  /** How it stops; without one, at once. */
  readonly drain?: Drain;
  readonly guests?: boolean;
  /** Whose users are identities here; without it only guests and invites are. */
  readonly hostApp?: HostApp | undefined;
  readonly now?: () => number;
  readonly rateLimits?: RateLimits;
  /** Counts for the limits; in this process alone by default. */
  readonly limiter?: Limiter;
  /** Spans for what happens here; none by default. */
  readonly tracing?: Tracing | undefined;
  /** Whoever reaches /metrics may read it; else this machine, where no links lead elsewhere, and the admin. */
  readonly openMetrics?: boolean;
  /** Off by default. `write` takes the lines instead of stdout. */
  readonly log?: { readonly level: string; readonly write?: (line: string) => void };
  /** Where answers are recorded; by default the store's audit trail, and no host application is told of anything. */
  readonly audit?: AuditTrail;
  /** Told of every answer that is a 5xx, whose reason the client does not get. */
  readonly onFailure?: (error: unknown, request: { method: string; url: string }) => void;
}

/** What the routes share. */
export interface AppContext extends AppOptions {
  readonly now: () => number;
  /** What admins' one-time links are made with. */
  readonly adminCodes: AdminCodes;
  readonly audit: AuditTrail;
  readonly metrics: Metrics;
  readonly limiter: Limiter;
  readonly visitLimits: VisitLimits;
}
