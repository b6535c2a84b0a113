import rateLimit from '@fastify/rate-limit';
import swagger from '@fastify/swagger';
import fastify, {
  type FastifyInstance,
  type FastifyPluginAsync,
  type FastifyReply,
  LogController,
} from 'fastify';
import { createAdminCodes } from './admin-codes.ts';
import { createAuditTrail } from './audit.ts';
import { auditAnswers, auditRefusal } from './audited.ts';
import type { AppContext, AppOptions } from './context.ts';
import { fixedHeaders, type HeaderOptions } from './headers.ts';
import { requireHttps } from './https-only.ts';
import { createLimiter } from './limiter.ts';
import { logAnswers, loggerOptions, withoutValues } from './logging.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import { type Observe, observeAudit, observeClient, observeStore } from './observe.ts';
import { OPENAPI } from './openapi/settings.ts';
import { DEFAULT_LIMITS, rateLimitOptions } from './rate-limits.ts';
import { answerError, HttpRefusal, sendAnswer, sendError } from './refusal.ts';
import { createProxies } from './remote.ts';
import { createRequestIds } from './request-id.ts';
import { checkRequestLine } from './request-line.ts';
import { adminRoutes } from './routes/admin.ts';
import { auditRoutes } from './routes/audit.ts';
import { authorityRoutes } from './routes/authority.ts';
import { eventRoutes } from './routes/events.ts';
import { faultRoutes } from './routes/faults.ts';
import { healthRoutes } from './routes/health.ts';
import { identityRoutes } from './routes/identity.ts';
import { meetingRoutes } from './routes/meetings.ts';
import { pageRoutes } from './routes/page.ts';
import { removalRoutes } from './routes/removals.ts';
import { shimRoutes } from './routes/shim.ts';
import { visitRoutes } from './routes/visits.ts';
import { webhookRoutes } from './routes/webhooks.ts';
import { wellKnownRoutes } from './routes/well-known.ts';
import { errorSchema } from './schemas.ts';
import { describeInvalid } from './validation.ts';
import { createVisitLimits } from './visit-limits.ts';

const BODY_BYTES = 16 * 1024;

/** Builds the HTTP app, ready for `inject` or for a listener; it never listens itself. Throws `BAD_CONFIG`. */
export async function buildApp(options: AppOptions): Promise<FastifyInstance> {
  const context = createContext(options);
  const headers = headerOptions(options);
  const everywhere = fixedHeaders(headers);
  const app = createFastify(context, everywhere);
  app.addSchema(errorSchema);
  app.addHook('onClose', async () => context.metrics.close());
  app.addHook('onClose', () => context.audit.flush());
  options.drain?.watch(app);
  addGuards(app, context, everywhere);
  if (context.tls?.required) requireHttps(app);
  await app.register(swagger, OPENAPI);
  await app.register(healthRoutes(context));
  if (context.tls?.authority) await app.register(authorityRoutes(context.tls.authority));
  await app.register(apiRoutes(context), { prefix: '/api' });
  await app.register(wellKnownRoutes(context));
  await app.register(pageRoutes(context, headers));
  if (context.emulatorOn) await app.register(shimRoutes(context));
  return app;
}

function createContext(options: AppOptions): AppContext {
  const now = options.now ?? Date.now;
  const adminCodes = createAdminCodes(options.store.codes, options, now);
  const limiter = options.limiter ?? createLimiter();
  const visitLimits = createVisitLimits(limiter, options.rateLimits ?? DEFAULT_LIMITS);
  const metrics = createMetrics(options.store, now);
  const observe = observeBoth(metrics, options.tracing);
  const store = observeStore(options.store, observe);
  const client = observeClient(options.cometchat.client, observe);
  const trail = options.audit ?? createAuditTrail({ store: options.store.audit, now });
  const audit = observeAudit(trail, observe);
  return {
    ...options,
    store,
    cometchat: { ...options.cometchat, client },
    now,
    adminCodes,
    audit,
    metrics,
    limiter,
    visitLimits,
  };
}

/** The numbers are always there, spans where they were asked for. */
function observeBoth(metrics: Metrics, tracing: AppOptions['tracing']): Observe {
  if (!tracing) return metrics.observe;
  return (part, name, work) => tracing.observe(part, name, () => metrics.observe(part, name, work));
}

function headerOptions({ sdk, emulatorOn, cometchat, baseUrl, tls }: AppOptions): HeaderOptions {
  const hosts = Object.values(cometchat.hosts ?? {}).map(host => new URL(host).origin);
  return {
    sdkMajor: sdk.major,
    emulatorOn,
    apiOrigins: [...new Set(hosts)],
    // With a certificate of our own never: on localhost it would bind every other server of this machine, for a year.
    https: baseUrl.startsWith('https:') && tls === undefined,
  };
}

function createFastify(context: AppContext, everywhere: Record<string, string>): FastifyInstance {
  const app = fastify({
    logger: loggerOptions(context.log) ?? false,
    // Each answer has one line of ours instead of two of Fastify's.
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: createRequestIds(context.proxies?.trusts),
    bodyLimit: BODY_BYTES,
    ...(context.proxies && { trustProxy: context.proxies.trusts }),
    routerOptions: { maxParamLength: 200 },
    // Fastify's defaults would drop unknown fields silently, and take "1" for a number.
    ajv: { customOptions: { removeAdditional: false, coerceTypes: false } },
    schemaErrorFormatter: describeInvalid,
    // An address that no router can read comes past every hook.
    frameworkErrors: (error, _request, reply: FastifyReply) =>
      void sendError(reply.headers(everywhere), error),
  });
  app.decorateRequest('asked', null);
  app.decorateRequest('refusedWith', null);
  app.decorateRequest('refusedWhy', null);
  app.setErrorHandler(async (error, request, reply) => {
    await auditRefusal(context, request, error);
    const answer = answerError(error);
    if (answer.status >= 500 && answer.body.code !== 'UNAVAILABLE')
      context.onFailure?.(error, { method: request.method, url: withoutValues(request.url) });
    if (answer.status === 401) reply.header('www-authenticate', 'Bearer');
    return sendAnswer(reply, answer);
  });
  app.setNotFoundHandler(() => {
    throw new HttpRefusal(
      'NOT_FOUND',
      'There is nothing at this address; /openapi.json lists what there is.',
    );
  });
  return app;
}

function refuseUnknown(): never {
  throw new HttpRefusal('NOT_FOUND', 'There is nothing at this address; /openapi.json lists what there is.');
}

/** What holds for every request, whatever its route. */
function addGuards(app: FastifyInstance, context: AppContext, everywhere: Record<string, string>): void {
  const { hosts, metrics, proxies = createProxies() } = context;
  context.tracing?.watch(app);
  // Most hooks are no promises: each that is one takes a turn of the queue, with every request.
  app.addHook('onRequest', (request, reply, done) => {
    reply.headers(everywhere);
    reply.header('x-request-id', request.id);
    try {
      proxies.read(request);
      checkRequestLine(request.raw);
      hosts.checkHost(request.headers);
    } catch (error) {
      // It never fails.
      void auditRefusal(context, request, error).then(() => sendError(reply, error));
      return;
    }
    done();
  });
  app.addHook('onResponse', (request, reply, done) => {
    metrics.answered({
      method: request.method,
      // The pattern, not the address: an id in a label would be told to who reads the metrics.
      route: request.routeOptions.url,
      status: reply.statusCode,
      seconds: reply.elapsedTime / 1000,
      code: request.refusedWith,
    });
    done();
  });
  if (context.log) logAnswers(app);
}

/** Clients that name the type of every request send it with nothing too; the schemas say where that is not enough. */
function readEmptyAsNone(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (request, text, done) => {
    if (text === '') done(null);
    else parse(request, text, done);
  });
}

function apiRoutes(context: AppContext): FastifyPluginAsync {
  return async app => {
    app.removeContentTypeParser('text/plain');
    auditAnswers(app, context);
    readEmptyAsNone(app);
    await app.register(
      rateLimit,
      rateLimitOptions('api', (context.rateLimits ?? DEFAULT_LIMITS).api, context.limiter),
    );
    app.addHook('onRequest', ({ headers }, reply, done) => {
      reply.header('cache-control', 'no-store');
      context.hosts.checkOrigin(headers);
      done();
    });
    app.setNotFoundHandler({ preHandler: app.rateLimit() }, refuseUnknown);
    await app.register(identityRoutes(context));
    await app.register(adminRoutes(context));
    await app.register(visitRoutes(context));
    await app.register(meetingRoutes(context));
    await app.register(removalRoutes(context));
    await app.register(eventRoutes(context));
    await app.register(faultRoutes(context));
    await app.register(auditRoutes(context));
    await app.register(webhookRoutes(context));
  };
}
