import { AsyncLocalStorage } from 'node:async_hooks';
import { type Context, ROOT_CONTEXT, type Span, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type Observe, outcomeOf } from './observe.ts';

/** Spans for what this server does, sent to a collector. Nothing that somebody sent becomes part of one, nor an id. */
export interface Tracing {
  /** A span for each request, under the caller's where it names one (W3C Trace Context). */
  watch(app: FastifyInstance): void;
  readonly observe: Observe;
  /** Sends what is left, for at most two seconds. */
  stop(): Promise<void>;
}

export interface TracingOptions {
  /** The collector's base URL: OTLP over HTTP, `/v1/traces` below it. */
  readonly endpoint: string;
  readonly serviceName: string;
  readonly version: string;
}

/** What waits for a collector that does not answer; more is dropped. */
const MOST_SPANS = 2048;
const SEND_EVERY_MS = 1_000;
const SEND_MS = 3_000;
const STOP_MS = 2_000;

const propagator = new W3CTraceContextPropagator();
const readHeader = {
  get: (headers: FastifyRequest['headers'], name: string) => headers[name],
  keys: (headers: FastifyRequest['headers']) => Object.keys(headers),
};

/** Nothing is registered globally: several servers in one process keep their spans apart. */
export function createTracing({ endpoint, serviceName, version }: TracingOptions): Tracing {
  const exporter = new OTLPTraceExporter({
    url: `${endpoint.replace(/\/+$/, '')}/v1/traces`,
    timeoutMillis: SEND_MS,
  });
  const provider = new NodeTracerProvider({
    resource: resourceFromAttributes({ 'service.name': serviceName, 'service.version': version }),
    spanProcessors: [
      new BatchSpanProcessor(exporter, {
        maxQueueSize: MOST_SPANS,
        scheduledDelayMillis: SEND_EVERY_MS,
        exportTimeoutMillis: SEND_MS,
      }),
    ],
  });
  const tracer = provider.getTracer('meet', version);
  const active = new AsyncLocalStorage<Context>();
  const spans = new WeakMap<FastifyRequest, { span: Span; context: Context }>();

  return {
    watch(app) {
      app.addHook('onRequest', (request, _reply, done) => {
        const parent = propagator.extract(ROOT_CONTEXT, request.headers, readHeader);
        const route = request.routeOptions.url ?? 'none';
        const attributes = { 'http.request.method': request.method, 'http.route': route };
        const name = `${request.method} ${route}`;
        const span = tracer.startSpan(name, { kind: SpanKind.SERVER, attributes }, parent);
        const context = trace.setSpan(parent, span);
        spans.set(request, { span, context });
        active.run(context, done);
      });
      // A body comes in events of the socket, which know nothing of the request.
      app.addHook('preValidation', (request, _reply, done) => {
        const known = spans.get(request);
        if (known) active.run(known.context, done);
        else done();
      });
      app.addHook('onResponse', async (request, { statusCode }) => {
        const span = spans.get(request)?.span;
        span?.setAttributes({
          'http.response.status_code': statusCode,
          ...(request.refusedWith && { 'meet.code': request.refusedWith }),
        });
        if (statusCode >= 500) span?.setStatus({ code: SpanStatusCode.ERROR });
        span?.end();
      });
    },

    async observe(part, name, work) {
      const parent = active.getStore() ?? ROOT_CONTEXT;
      const span = tracer.startSpan(`${part} ${name}`, { kind: SpanKind.CLIENT }, parent);
      try {
        return await work();
      } catch (error) {
        // Not the message, which may quote what somebody sent.
        span.setStatus({ code: SpanStatusCode.ERROR });
        span.setAttribute('meet.code', outcomeOf(error));
        throw error;
      } finally {
        span.end();
      }
    },

    stop: () => withinTime(provider.shutdown(), STOP_MS),
  };
}

/** A collector that is gone must not keep the server from ending. */
async function withinTime(work: Promise<unknown>, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>(resolve => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([work.catch(() => {}), late]);
  clearTimeout(timer);
}
