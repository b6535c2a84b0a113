/** Something that happened; of its kind's details this page knows nothing. */
export interface TraceEvent {
  readonly seq: number;
  readonly at: string;
  readonly session: string;
  readonly kind: string;
  readonly who?: string;
  readonly [detail: string]: unknown;
}

export interface Stream {
  readonly sessionId: string;
  readonly token: string;
  readonly key: string | undefined;
}

export interface StreamWatcher {
  event(event: TraceEvent): void;
  /** Whether the server is heard now; with the reason where it refused for good. */
  connected(is: boolean, refusal?: string): void;
}

const RETRY_MS = 2_000;

/** Follows a meeting's events until `over`, and comes back where the connection is lost. */
export async function followEvents(stream: Stream, watcher: StreamWatcher, over: AbortSignal): Promise<void> {
  let last: TraceEvent | undefined;
  const take = (event: TraceEvent) => {
    last = event;
    watcher.event(event);
  };
  while (!over.aborted) {
    try {
      const response = await open(stream, last, over);
      // What is refused once is refused again: the meeting ended, or nobody tells.
      if (!response.ok && response.status < 500 && response.status !== 429) {
        const { error } = (await response.json().catch(() => ({}))) as { error?: string };
        watcher.connected(false, error ?? String(response.status));
        return;
      }
      if (response.ok && response.body) {
        watcher.connected(true);
        await readLines(response.body, take);
      }
    } catch {
      // lost, or over
    }
    if (over.aborted) return;
    watcher.connected(false);
    await pause(RETRY_MS, over);
  }
}

/** EventSource cannot send headers, and an identity has no business in an address. */
function open({ sessionId, token, key }: Stream, last: TraceEvent | undefined, signal: AbortSignal) {
  return fetch(`/api/meetings/${encodeURIComponent(sessionId)}/events`, {
    headers: {
      accept: 'application/x-ndjson',
      authorization: `Bearer ${token}`,
      ...(key && { 'meet-key': key }),
      ...(last && { 'last-event-id': `${Date.parse(last.at)}-${last.seq}` }),
    },
    cache: 'no-store',
    credentials: 'omit',
    signal,
  });
}

async function readLines(body: ReadableStream<Uint8Array>, take: (event: TraceEvent) => void): Promise<void> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const lines = (rest + decoder.decode(value, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line !== '') take(JSON.parse(line) as TraceEvent);
  }
}

function pause(ms: number, over: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    const timer = setTimeout(resolve, ms);
    over.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
