import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { MeetingStore } from '../store/store.ts';
import { type Observe, outcomeOf } from './observe.ts';

/** Numbers for Prometheus. Labels are closed sets: no id, uid or address ever becomes one. */
export interface Metrics {
  issued(kind: 'auth' | 'call'): void;
  answered(answer: Answered): void;
  readonly observe: Observe;
  readonly contentType: string;
  render(): Promise<string>;
  close(): void;
}

export interface Answered {
  readonly method: string;
  /** The pattern of the route; undefined where there was none. */
  readonly route: string | undefined;
  readonly status: number;
  readonly seconds: number;
  /** Of a refusal. */
  readonly code: string | null;
}

/** The routes that decide about somebody who wants to join. */
const STEPS: Readonly<Record<string, string>> = {
  '/api/meetings/:id/authorize': 'authorize',
  '/api/meetings/:id/token': 'token',
};

const SECONDS = [0.001, 0.005, 0.025, 0.1, 0.5, 2.5, 10];

/** A registry of its own for each app, so that two in one process do not add up. */
export function createMetrics(store: MeetingStore, now: () => number): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const seconds = (name: string, help: string, labelNames: string[]) =>
    new Histogram({ name, help, labelNames, buckets: SECONDS, registers });
  const count = (name: string, help: string, labelNames: string[]) =>
    new Counter({ name, help, labelNames, registers });

  const tokens = count('meet_tokens_issued_total', 'CometChat tokens handed out, by kind', ['kind']);
  const denials = count('meet_denials_total', 'Requests refused, by code', ['code']);
  const decisions = count('meet_decisions_total', 'Who wanted to join: let in (ok), or refused why', [
    'step',
    'code',
  ]);
  const durations = seconds('meet_http_request_duration_seconds', 'Time from request to answer, in seconds', [
    'method',
    'route',
    'status',
  ]);
  const parts = {
    store: seconds('meet_store_duration_seconds', 'How long the store took', ['call', 'outcome']),
    cometchat: seconds('meet_cometchat_duration_seconds', 'How long CometChat took, with all tries', [
      'call',
      'outcome',
    ]),
  };
  const states = (name: string, help: string, read: () => Promise<object>) =>
    new Gauge({
      name,
      help,
      labelNames: ['state'],
      registers,
      async collect() {
        this.reset();
        // A store that is down must not hide the other numbers, which tell so.
        const counts = await read().catch(() => ({}));
        for (const [state, count] of Object.entries(counts)) this.set({ state }, count);
      },
    });
  states('meet_meetings', 'Meetings in the store, by state', () => store.count(now()));
  states('meet_outbox_messages', 'Messages of webhooks, by state', () => store.outbox.count());
  const lag = watchEventLoop(registers);

  return {
    issued: kind => tokens.inc({ kind }),
    answered({ method, route, status, seconds, code }) {
      // Whoever asks for what is not there chooses the method too.
      const isKnown = route !== undefined;
      const labels = { method: isKnown ? method : 'any', route: isKnown ? route : 'none', status };
      durations.observe(labels, seconds);
      if (code !== null && status < 500) denials.inc({ code });
      const step = STEPS[route ?? ''];
      if (step && method === 'POST') decisions.inc({ step, code: code ?? 'ok' });
    },
    async observe(part, call, work) {
      const start = performance.now();
      const note = (outcome: string) =>
        parts[part].observe({ call, outcome }, (performance.now() - start) / 1000);
      try {
        const result = await work();
        note('ok');
        return result;
      } catch (error) {
        note(outcomeOf(error));
        throw error;
      }
    },
    contentType: registry.contentType,
    render: () => registry.metrics(),
    close: lag.close,
  };
}

/** How late timers are: what waits in one thread waits for all. Since the last time somebody looked. */
function watchEventLoop(registers: Registry[]): { close(): void } {
  const delay = monitorEventLoopDelay({ resolution: 20 });
  delay.enable();
  new Gauge({
    name: 'meet_event_loop_delay_seconds',
    help: 'How late the event loop was since the last scrape',
    labelNames: ['stat'],
    registers,
    collect() {
      const stats = { mean: delay.mean, p99: delay.percentile(99), max: delay.max };
      // Nothing was measured yet: NaN is no number to draw.
      for (const [stat, ns] of Object.entries(stats)) this.set({ stat }, delay.count === 0 ? 0 : ns / 1e9);
      delay.reset();
    },
  });
  return { close: () => void delay.disable() };
}
