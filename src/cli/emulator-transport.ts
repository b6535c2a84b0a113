import fastify from 'fastify';
import type { Send } from '../cometchat/exchange.ts';
import type { Emulator } from '../emulator/emulator.ts';

/**
 * Leads our own client to the emulator without a socket: on loopback each token would cost three requests of the very
 * process that answers. Same answers, faults and trace; what guards the emulator from visitors (origins, rate limits) is
 * left out.
 */
export function transportTo({ routes, answerDirectly }: Emulator): Send {
  const app = fastify({ routerOptions: { maxParamLength: 200 } });
  app.register(routes, { prefix: '/cometchat' });
  return async ({ method, url, headers, body }) => {
    const path = url.slice(url.indexOf('/cometchat'));
    const direct = answerDirectly({ method, path, headers, body });
    if (direct) return direct;
    const { statusCode, payload } = await app.inject({ method, url: path, headers, payload: body });
    return { status: statusCode, text: payload };
  };
}
