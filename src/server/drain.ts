import type { FastifyInstance } from 'fastify';

/** The end of a server without a loss: others hear that it stops before it does, and what was asked is answered. */
export interface Drain {
  /** From now on this server is not ready, and every answer is the last on its connection. */
  start(): void;
  readonly isOn: boolean;
  /** Resolves once no request is under way, or after `mostMs`; streams that follow a session do not count. */
  settle(mostMs: number): Promise<void>;
  /** Counts what this app is asked. */
  watch(app: FastifyInstance): void;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Its answers last as long as their readers like. */
    endless?: boolean;
  }
}

export function createDrain(): Drain {
  let isOn = false;
  let underWay = 0;
  let onIdle: (() => void) | undefined;
  const leave = () => {
    underWay -= 1;
    if (underWay === 0) onIdle?.();
  };
  return {
    start() {
      isOn = true;
    },
    get isOn() {
      return isOn;
    },
    async settle(mostMs) {
      if (underWay === 0) return;
      let timer: NodeJS.Timeout | undefined;
      await new Promise<void>(resolve => {
        onIdle = resolve;
        timer = setTimeout(resolve, mostMs);
      });
      clearTimeout(timer);
    },
    watch(app) {
      app.addHook('onRequest', (request, reply, done) => {
        // Who keeps the connection, as nginx does, would ask again just when it is closed.
        if (isOn) reply.header('connection', 'close');
        if (!request.routeOptions.config.endless) {
          underWay += 1;
          // Also where the client went away, of which the hooks after the answer hear nothing.
          reply.raw.once('close', leave);
        }
        done();
      });
    },
  };
}
