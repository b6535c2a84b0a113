import type { Page, Request, Response, WebSocket } from 'playwright-core';
import type { RecordedFacts, RequestFact } from './facts.ts';

/** Notes requests, answers, sockets and addresses by events alone: nothing is held up. */
export function recordTraffic(page: Page, facts: RecordedFacts, now: () => number): void {
  const asked = new WeakMap<Request, RequestFact>();
  page.on('request', request => {
    if (!/^https?:/.test(request.url())) return;
    const fact = describeRequest(request, now());
    asked.set(request, fact);
    facts.requests.push(fact);
    // A page that goes elsewhere takes its sockets along; the browser does not tell of each.
    if (request.isNavigationRequest() && request.frame() === page.mainFrame()) closeAll(facts, now());
  });
  page.on('response', response => {
    const fact = asked.get(response.request());
    if (!fact) return;
    fact.status = response.status();
    fact.personal = isPersonal(response);
  });
  page.on('websocket', socket => recordSocket(socket, facts, now));
  page.on('framenavigated', frame => {
    if (/^https?:/.test(frame.url())) facts.places.push({ t: now(), url: frame.url() });
  });
  page.on('close', () => closeAll(facts, now()));
}

function describeRequest(request: Request, t: number): RequestFact {
  const headers = request.headers();
  return {
    t,
    method: request.method(),
    url: request.url(),
    type: request.resourceType(),
    body: textOf(request),
    authToken: headers.authtoken ?? null,
    callToken: headers.calltoken ?? null,
    keyed: 'apikey' in headers,
    from: originOf(request),
    status: null,
    personal: false,
  };
}

/** A body that is no text is nothing to us. */
function textOf(request: Request): string {
  try {
    return request.postData() ?? '';
  } catch {
    return '';
  }
}

/** A service worker's requests have no frame. */
function originOf(request: Request): string {
  try {
    const { origin } = new URL(request.frame().url());
    return origin === 'null' ? request.url() : origin;
  } catch {
    return request.url();
  }
}

function isPersonal(response: Response): boolean {
  const { 'cache-control': caching = '' } = response.headers();
  const status = response.status();
  return /\b(private|no-store)\b/.test(caching) || (status >= 300 && status < 400 && status !== 304);
}

function recordSocket(socket: WebSocket, facts: RecordedFacts, now: () => number): void {
  const fact = { url: socket.url(), openedAt: now(), closedAt: null as number | null };
  facts.sockets.push(fact);
  socket.on('close', () => {
    fact.closedAt ??= now();
  });
}

function closeAll({ sockets }: RecordedFacts, t: number): void {
  for (const socket of sockets) socket.closedAt ??= t;
}
