import type { CallClaims } from '../rest/tokens.ts';
import {
  type Client,
  createSession,
  type Session,
  type SessionWatch,
  type SilenceOf,
  type Wire,
} from './session.ts';

/** Opens sessions, and finds those that were lost. */
export interface Sessions {
  open(claims: CallClaims, domain: string, wire: Wire): Session;
  /** Makes a session resumable; its resumption id, or null when it was that already. */
  enable(session: Session): string | null;
  /** The session with this resumption id, on its new socket; null when this token has none, or its counts make no sense. */
  resume(id: string, claims: CallClaims, h: number, wire: Wire): Session | null;
  /** Ends them all, without a word. */
  close(): void;
}

export interface SessionsOptions {
  readonly newId: () => string;
  /** Four random bytes, as hexadecimal digits. */
  readonly newLocal: () => string;
  /** Called once for each session. */
  readonly onEnd: (client: Client) => void;
  /** How long a session waits for its client, in milliseconds. */
  readonly graceMs: number;
  readonly watch?: SessionWatch | undefined;
  readonly silenceOf?: SilenceOf | undefined;
}

export function createSessions(options: SessionsOptions): Sessions {
  const { newId, newLocal, onEnd, graceMs, watch, silenceOf } = options;
  const locals = new Map<string, Session>();
  const resumable = new Map<string, Session>();

  // lib-jitsi-meet makes its endpoint id of the address's first eight characters: these must differ, not only the whole.
  const freeLocal = (): string => {
    const local = newLocal();
    return locals.has(local) ? freeLocal() : local;
  };

  return {
    open(claims, domain, wire) {
      const local = freeLocal();
      const jid = `${local}@${domain}/${newId()}`;
      const ended = ({ id, client }: Session) => {
        locals.delete(local);
        resumable.delete(id);
        onEnd(client);
      };
      const session = createSession({ claims, domain, jid, wire, graceMs, watch, silenceOf, onEnd: ended });
      locals.set(local, session);
      return session;
    },
    enable(session) {
      const id = newId();
      if (!session.enable(id)) return null;
      // A client comes back to its latest session; those it lost before would pile up.
      for (const other of resumable.values())
        if (other.client.lost && other.client.claims.id === session.client.claims.id) other.end();
      resumable.set(id, session);
      return id;
    },
    resume(id, claims, h, wire) {
      const session = resumable.get(id);
      // A lent token does not count: the new socket has not been lent any yet.
      if (session?.tokenId !== claims.id) return null;
      if (session.resume(h, wire)) return session;
      session.end();
      return null;
    },
    close() {
      for (const session of locals.values()) session.end();
    },
  };
}
