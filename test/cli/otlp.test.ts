import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { startServe, temporaryProject } from './server-process.ts';

vi.setConfig({ testTimeout: 60_000 });

interface Span {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly kind: number;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes: readonly { key: string; value: Record<string, unknown> }[];
}

interface Post {
  readonly url: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** A collector of OTLP over HTTP in JSON (opentelemetry.io/docs/specs/otlp, "OTLP/HTTP"). */
async function startCollector() {
  const posts: Post[] = [];
  const server = createServer(async (request, response) => {
    const { url, headers } = request;
    const body = await buffer(request);
    const text = (headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body).toString();
    posts.push({ url, headers, text });
    response.setHeader('content-type', 'application/json').end('{}');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const resources = () => posts.flatMap(({ text }) => JSON.parse(text).resourceSpans);
  const spans = (): Span[] =>
    resources().flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope: { spans: Span[] }) => scope.spans));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, posts, resources, spans };
}

const CALLER = { trace: '4bf92f3577b34da6a3ce929d0e0e4736', span: '00f067aa0ba902b7' };

/** A server in a process of its own, and all that somebody who joins asks of it. */
async function start(env: NodeJS.ProcessEnv) {
  const { folder } = await temporaryProject();
  const server = await startServe(folder, [], env);
  const adminKey = (await readFile(join(folder, '.meet/admin-key'), 'utf8')).trim();
  const ask = async (path: string, body: object, token: string, headers: Record<string, string> = {}) => {
    const response = await fetch(server.url + path, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
    // biome-ignore lint/suspicious/noExplicitAny: each call states the shape it expects.
    return (await response.json()) as any;
  };
  return { server, adminKey, ask };
}

describe('meet serve with a collector', () => {
  it('sends it the spans of each request, and nothing that somebody could use', async () => {
    const collector = await startCollector();
    const { server, adminKey, ask } = await start({
      OTEL_EXPORTER_OTLP_ENDPOINT: `${collector.url}/`,
      OTEL_EXPORTER_OTLP_HEADERS: 'x-collector-key=k3y-of-the-collector',
      OTEL_SERVICE_NAME: 'meetings-of-acme',
    });
    const meeting = await ask(
      '/api/meetings',
      { strategy: 'stable', id: 'secret-room', title: 'Quiet' },
      adminKey,
    );
    const room = `/api/meetings/${meeting.sessionId}`;
    const key = new URL(meeting.url).hash.slice('#key='.length);
    const { url } = await ask(`${room}/invites`, { uid: 'bob-of-acme' }, adminKey);
    const invite = new URL(url).hash.slice('#invite='.length);
    const alice = (await ask('/api/identity', { uid: 'alice-of-acme', name: 'Alice Acme' }, '')).token;
    const traceparent = `00-${CALLER.trace}-${CALLER.span}-01`;
    const { authToken } = await ask(`${room}/token?from=a-query`, { key }, alice, { traceparent });
    expect((await ask(`${room}/authorize`, { key: 'a-wrong-key' }, alice)).code).toBe('NOT_ALLOWED');
    // Without waiting for the end of the server.
    const refused = () =>
      collector.spans().find(({ attributes }) => attributes.some(({ key }) => key === 'meet.code'));
    await expect.poll(refused, { timeout: 10_000 }).toMatchObject({
      name: 'POST /api/meetings/:id/authorize',
      attributes: expect.arrayContaining([{ key: 'meet.code', value: { stringValue: 'NOT_ALLOWED' } }]),
    });
    await ask(`${room}/end`, {}, adminKey);
    expect(await server.stop()).toBe(0);

    const spans = collector.spans();
    expect(spans.map(({ name }) => name)).toContain('POST /api/meetings/:id/end');
    const ofCaller = spans.filter(({ traceId }) => traceId === CALLER.trace);
    const root = ofCaller.find(({ parentSpanId }) => parentSpanId === CALLER.span);
    expect(root).toMatchObject({
      name: 'POST /api/meetings/:id/token',
      attributes: expect.arrayContaining([
        { key: 'http.response.status_code', value: { intValue: 200 } },
        { key: 'http.route', value: { stringValue: '/api/meetings/:id/token' } },
      ]),
    });
    const below = ofCaller.filter(({ parentSpanId }) => parentSpanId === root?.spanId);
    expect(below.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['store audit', 'cometchat createAuthToken']),
    );
    for (const { startTimeUnixNano, endTimeUnixNano } of below) {
      expect(BigInt(startTimeUnixNano) >= BigInt(root?.startTimeUnixNano ?? 0)).toBe(true);
      expect(BigInt(endTimeUnixNano) <= BigInt(root?.endTimeUnixNano ?? 0)).toBe(true);
    }
    for (const { url, headers } of collector.posts) {
      expect([url, headers['content-type']]).toEqual(['/v1/traces', 'application/json']);
      expect(headers['x-collector-key']).toBe('k3y-of-the-collector');
    }
    for (const { resource } of collector.resources())
      expect(resource.attributes).toContainEqual({
        key: 'service.name',
        value: { stringValue: 'meetings-of-acme' },
      });
    const all = collector.posts.map(({ text }) => text).join('\n');
    const told = [adminKey, key, invite, alice, authToken, 'a-wrong-key', 'a-query', 'k3y-of', 'secret-room'];
    for (const secret of [...told, 'bob-of-acme', 'alice-of-acme', 'Alice Acme', 'Quiet']) {
      expect(secret).toBeTruthy();
      expect(all).not.toContain(secret);
    }
  });

  it('sends nothing where that is switched off', async () => {
    const collector = await startCollector();
    const { server, adminKey, ask } = await start({
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      OTEL_SDK_DISABLED: 'true',
    });
    expect(await ask('/api/meetings', {}, adminKey)).toMatchObject({ created: true });
    expect(await server.stop()).toBe(0);
    expect(collector.posts).toEqual([]);
  });
});
