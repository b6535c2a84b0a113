import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createTracing } from '../../src/server/tracing.ts';
import { ADMIN_KEY, createMeeting, guest, startHarness } from './harness.ts';

interface SentSpan {
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly attributes: readonly { readonly key: string; readonly value: Record<string, unknown> }[];
}

/** A collector of OTLP over HTTP, with JSON, as far as it takes traces. */
async function startCollector() {
  const texts: string[] = [];
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    if (request.url === '/v1/traces') texts.push(text);
    response.setHeader('content-type', 'application/json').end('{}');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const spans = (): SentSpan[] =>
    texts.flatMap(text =>
      JSON.parse(text).resourceSpans.flatMap((resource: { scopeSpans: { spans: SentSpan[] }[] }) =>
        resource.scopeSpans.flatMap(scope => scope.spans),
      ),
    );
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans,
    text: () => texts.join(''),
  };
}

const tracingTo = (endpoint: string) => createTracing({ endpoint, serviceName: 'meet-test', version: '1' });

describe('traces', () => {
  it('have requests, the store and CometChat, under the span of the caller, and no secret', async () => {
    const collector = await startCollector();
    const tracing = tracingTo(collector.url);
    const harness = await startHarness({ tracing }, true);
    const { sessionId, url } = await createMeeting(harness, { strategy: 'team', id: 'core' });
    const alice = await guest(harness, 'alice-of-traces');
    const key = new URL(url).hash.slice('#key='.length);
    const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
    await harness.as(alice)('POST', `/api/meetings/${sessionId}/token?x=q-secret`, { key }, { traceparent });
    await harness.as(alice)('POST', `/api/meetings/${sessionId}/authorize`, { key: 'wrong' });
    await tracing.stop();

    const spans = collector.spans();
    const ofCaller = spans.filter(span => span.traceId === '4bf92f3577b34da6a3ce929d0e0e4736');
    const [root] = ofCaller.filter(span => span.parentSpanId === '00f067aa0ba902b7');
    expect(root?.name).toBe('POST /api/meetings/:id/token');
    const below = ofCaller.filter(span => span.parentSpanId === root?.spanId).map(span => span.name);
    expect(below).toEqual(expect.arrayContaining(['store find', 'cometchat createAuthToken', 'store audit']));
    const refused = spans.find(span => span.name === 'POST /api/meetings/:id/authorize');
    expect(refused?.attributes).toContainEqual({ key: 'meet.code', value: { stringValue: 'NOT_ALLOWED' } });
    expect(collector.text()).toContain('meet-test');
    for (const secret of [ADMIN_KEY, alice, key, 'q-secret', 'alice-of-traces', sessionId])
      expect(collector.text()).not.toContain(secret);
  });

  it('to a collector that is gone cost no request, and hold up no end', async () => {
    const tracing = tracingTo('http://127.0.0.1:9');
    const harness = await startHarness({ tracing });
    for (let i = 0; i < 20; i++) expect((await harness.as(undefined)('GET', '/healthz')).status).toBe(200);
    const start = performance.now();
    await tracing.stop();
    expect(performance.now() - start).toBeLessThan(5_000);
  });

  it('end with the server also where the collector never answers', async () => {
    const silent = createServer(() => {}).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    onTestFinished(() => {
      silent.closeAllConnections();
      silent.close();
    });
    const tracing = tracingTo(`http://127.0.0.1:${(silent.address() as AddressInfo).port}`);
    const harness = await startHarness({ tracing });
    expect((await harness.as(undefined)('GET', '/healthz')).status).toBe(200);
    const start = performance.now();
    await tracing.stop();
    expect(performance.now() - start).toBeLessThan(5_000);
  });
});
