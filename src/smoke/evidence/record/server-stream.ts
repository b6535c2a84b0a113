import type { SmokeServer } from '../../scene.ts';
import { within } from './within.ts';

/** What the emulator tells of a session (docs/trace.md); which details there are depends on the kind. */
export interface ServerEvent {
  readonly seq: number;
  readonly at: string;
  readonly kind: string;
  readonly who?: string;
  readonly [detail: string]: unknown;
}

export interface ServerStream {
  /** Stops listening, and asks for what came last; resolves to everything, oldest first. */
  end(): Promise<ServerEvent[]>;
}

/** Milliseconds for a server to tell the last; one that hangs by then does not cost what it told before. */
const LAST_MS = 2000;

/** Listens to a session's events. A server that tells none (CometChat's cloud) gives an empty list. */
export function followSession(
  server: Pick<SmokeServer, 'url' | 'adminKey'>,
  sessionId: string,
  lastMs = LAST_MS,
): ServerStream {
  const events = new Map<number, ServerEvent>();
  const take = (event: ServerEvent) => events.set(event.seq, event);
  const stop = new AbortController();
  const ask = (query: string) =>
    read(server, `${encodeURIComponent(sessionId)}/events${query}`, stop.signal, take);
  const following = ask('').catch(() => {});
  return {
    async end() {
      // What was told between the last line and now is still remembered there.
      await within(lastMs, ask('?follow=false'));
      stop.abort();
      await following;
      return [...events.values()].sort((a, b) => a.seq - b.seq);
    },
  };
}

async function read(
  { url, adminKey }: Pick<SmokeServer, 'url' | 'adminKey'>,
  path: string,
  signal: AbortSignal,
  take: (event: ServerEvent) => void,
): Promise<void> {
  const headers = { accept: 'application/x-ndjson', authorization: `Bearer ${adminKey}` };
  const response = await fetch(new URL(`/api/sessions/${path}`, url), { headers, signal });
  if (!response.ok || !response.body) return;
  let rest = '';
  for await (const text of response.body.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line !== '') take(JSON.parse(line) as ServerEvent);
  }
}
