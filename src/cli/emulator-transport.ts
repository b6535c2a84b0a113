import { setTimeout as sleep } from 'node:timers/promises';
import fastify from 'fastify';
import { type Send, unreachable } from '../cometchat/exchange.ts';
import type { Emulator } from '../emulator/emulator.ts';

/**
 * Leads our own client to the emulator without a socket: on loopback each token would cost three requests of the very
 * process that answers. Same answers, faults and trace; what guards the emulator from visitors (origins, rate limits) is
 * left out.
 */
export function transportTo({ routes, answerDirectly }: Emulator): Send {
  const app = fastify({ routerOptions: { maxParamLength: 200 } });
  app.register(routes, { prefix: '/cometchat' });
  return async ({ method, url, headers, body, timeoutMs }) => {
    const path = url.slice(url.indexOf('/cometchat'));
    const direct = answerDirectly({ method, path, headers, body });
    if (direct) return direct;
    // Slow on purpose as it may be, nobody waits longer than for a cloud.
    const patience = new AbortController();
    const late = sleep(timeoutMs, null, { signal: patience.signal }).catch(() => null);
    const answer = await Promise.race([app.inject({ method, url: path, headers, payload: body }), late]);
    patience.abort();
    if (answer === null) throw unreachable(url);
    return { status: answer.statusCode, text: answer.payload };
  };
}
