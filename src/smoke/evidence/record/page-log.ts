import type { ConsoleMessage, Page, Request, Response, WebSocket } from 'playwright-core';
import { removeControls } from '../../report/plain-text.ts';
import type { ConsoleLine, RequestLine } from '../evidence.ts';
import type { Secrets } from '../secrets.ts';

/** What one tab said and asked for; texts as they came, cleaned only when everything secret is known. */
export interface PageLog {
  readonly lines: readonly ConsoleLine[];
  requests(): readonly RequestLine[];
}

/** A page that logs in a loop shall not fill the memory. */
const MOST_LINES = 2000;
const MOST_REQUESTS = 2000;
/** Of what is kept, cut again when it is clean: what a cut leaves of a secret would not be known. */
const LONGEST_RAW = 10_000;

/** Listens from now on. `keep` gets what has to be waited for at the end. */
export function watchPage(
  page: Page,
  { now, secrets, keep }: { now(): number; secrets: Secrets; keep(work: Promise<unknown>): void },
): PageLog {
  const lines: ConsoleLine[] = [];
  const say = (level: string, text: string, place = '') => {
    if (lines.length < MOST_LINES)
      lines.push({ t: now(), level, text: removeControls(text.slice(0, LONGEST_RAW)), place });
  };
  const requests = new Map<object, RequestLine>();
  const settle = (request: object, news: Partial<RequestLine>) => {
    const begun = requests.get(request);
    if (begun) requests.set(request, { ...begun, ms: now() - begun.t, ...news });
  };
  page.on('console', message => say(levelOf(message), message.text(), placeOf(message)));
  page.on('pageerror', error => say('error', error.stack || error.message));
  page.on('request', request => {
    learn(secrets, request);
    if (requests.size < MOST_REQUESTS) requests.set(request, begin(now(), request.method(), request.url()));
  });
  page.on('requestfailed', request => settle(request, describeFailure(request)));
  page.on('response', response => {
    settle(response.request(), { status: response.status() });
    keep(learnAnswer(secrets, response));
  });
  page.on('websocket', socket => {
    secrets.noteUrl(socket.url());
    if (requests.size < MOST_REQUESTS) requests.set(socket, begin(now(), 'WebSocket', socket.url()));
    watchSocket(socket, settle);
  });
  return { lines, requests: () => [...requests.values()] };
}

function watchSocket(socket: WebSocket, settle: (of: object, news: Partial<RequestLine>) => void): void {
  let failure: string | null = null;
  socket.on('socketerror', error => {
    failure = error;
  });
  socket.on('close', () => settle(socket, { failure, result: 'closed' }));
}

function begin(t: number, method: string, url: string): RequestLine {
  return { t, method, url, status: null, ms: null, failure: null, result: null };
}

function learn(secrets: Secrets, request: Request): void {
  secrets.noteUrl(request.url());
  secrets.noteHeaders(request.headers());
  const body = request.postData();
  if (body) secrets.noteBody(body);
}

/** Only what may carry a token: an API's answers. A stream of JSON lines has no end to wait for, and no secret in it. */
async function learnAnswer(secrets: Secrets, response: Response): Promise<void> {
  if (!/[/+]json\b/.test(response.headers()['content-type'] ?? '')) return;
  secrets.noteBody(await response.text());
}

/** What the page's own policy keeps it from is the page's wish, and no failure. */
function describeFailure(request: Request): Partial<RequestLine> {
  const words = request.failure()?.errorText ?? 'failed';
  return words === 'csp' ? { result: 'blocked by the page’s policy' } : { failure: words };
}

function levelOf(message: ConsoleMessage): string {
  return /violates the following Content Security Policy/.test(message.text()) ? 'policy' : message.type();
}

function placeOf(message: ConsoleMessage): string {
  const { url, lineNumber } = message.location();
  return url ? `${url}:${lineNumber + 1}` : '';
}
