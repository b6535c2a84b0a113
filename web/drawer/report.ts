import type { PageConfig } from '../config.ts';
import type { Claims } from './claims.ts';
import type { Rates } from './rates.ts';
import { createRedactor, HIDDEN, type Known, redactTree } from './redact.ts';
import type { Route } from './route.ts';
import type { Moment } from './timeline.ts';

/** Whatever a claim is called, its value tells a stranger something, but for these. */
const HARMLESS = /^(iss|aud|exp|iat|nbf|kind|proof|typ|role|.*\.role|accessVersion|region|version)$/;

export interface ReportInput {
  /** Epoch ms. */
  readonly now: number;
  readonly config: PageConfig;
  readonly state: string;
  readonly sessionId: string;
  readonly role: string | undefined;
  readonly loopback: boolean;
  readonly userAgent: string;
  readonly route: Route;
  readonly rates: readonly Rates[];
  readonly tokens: ReadonlyMap<string, Claims | null>;
  readonly moments: readonly Moment[];
  readonly known: Known;
}

/** What may be shown to strangers of this call, as JSON. */
export function writeReport(input: ReportInput): string {
  const { now, config, state, sessionId, role, loopback, userAgent, route, rates, tokens, moments, known } =
    input;
  const { name, version, source } = config.sdk;
  const report = {
    report: 'meet drawer',
    at: new Date(now).toISOString(),
    sdk: { name, version, source },
    backend: config.backend,
    server: loopback ? 'loopback' : 'elsewhere',
    browser: userAgent,
    session: sessionId,
    state,
    role,
    connection: route,
    statistics: summarize(rates),
    tokens: Object.fromEntries(
      [...tokens].map(([token, claims]) => [token, claims && cleanClaims(claims, now)]),
    ),
    timeline: moments.map(({ at, kind, who, text }) =>
      [new Date(at).toISOString(), kind, who, text].filter(Boolean).join('  '),
    ),
  };
  return JSON.stringify(redactTree(report, createRedactor(known)), null, 2);
}

function cleanClaims(claims: Claims, now: number): object {
  const clean = Object.entries(claims).map(([name, value]) => [name, HARMLESS.test(name) ? value : HIDDEN]);
  const { exp } = claims;
  const left = typeof exp === 'number' ? { secondsLeft: Math.round(exp - now / 1000) } : {};
  return { ...Object.fromEntries(clean), ...left };
}

function summarize(rates: readonly Rates[]): object | null {
  const [first] = rates;
  const last = rates.at(-1);
  if (!first || !last) return null;
  const kinds = (Object.keys(first) as (keyof Rates)[]).filter(kind => kind !== 'at');
  const summaries = kinds.map(kind => {
    const values = rates.map(point => point[kind]).filter(value => value !== null);
    return [kind, values.length > 0 ? summaryOf(values) : null];
  });
  return { seconds: Math.round((last.at - first.at) / 1000), ...Object.fromEntries(summaries) };
}

function summaryOf(values: readonly number[]): object {
  const mean = values.reduce((total, value) => total + value, 0) / values.length;
  const summary = { mean, min: Math.min(...values), max: Math.max(...values), last: values.at(-1) ?? 0 };
  return Object.fromEntries(
    Object.entries(summary).map(([name, value]) => [name, Math.round(value * 10) / 10]),
  );
}
