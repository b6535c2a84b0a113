import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { MeetingStore } from '../store/store.ts';

/** Numbers for Prometheus. Labels are closed sets: no id, uid or address ever becomes one. */
export interface Metrics {
  issued(kind: 'auth' | 'call'): void;
  answered(answer: { method: string; route: string; status: number; seconds: number }): void;
  refused(code: string): void;
  readonly contentType: string;
  render(): Promise<string>;
}

/** A registry of its own for each app, so that two in one process do not add up. */
export function createMetrics(store: MeetingStore, now: () => number): Metrics {
  const registry = new Registry();
  const registers = [registry];

  const tokens = new Counter({
    name: 'meet_tokens_issued_total',
    help: 'CometChat tokens handed out, by kind',
    labelNames: ['kind'],
    registers,
  });
  const denials = new Counter({
    name: 'meet_denials_total',
    help: 'Requests refused, by code',
    labelNames: ['code'],
    registers,
  });
  const durations = new Histogram({
    name: 'meet_http_request_duration_seconds',
    help: 'Time from request to answer, in seconds',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.001, 0.005, 0.025, 0.1, 0.5, 2.5, 10],
    registers,
  });
  new Gauge({
    name: 'meet_meetings',
    help: 'Meetings in the store, by state',
    labelNames: ['state'],
    registers,
    async collect() {
      for (const [state, count] of Object.entries(await store.count(now()))) this.set({ state }, count);
    },
  });

  return {
    issued: kind => tokens.inc({ kind }),
    refused: code => denials.inc({ code }),
    answered: ({ method, route, status, seconds }) => durations.observe({ method, route, status }, seconds),
    contentType: registry.contentType,
    render: () => registry.metrics(),
  };
}
