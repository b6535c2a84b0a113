import { MeetError } from '../core/errors.ts';
import {
  blamedPhase,
  DEADLINE_EXIT_CODE,
  INTERRUPTED_EXIT_CODE,
  PHASES,
  type PhaseName,
  type PhaseResult,
  smokeFailure,
} from './phase.ts';
import { endsWithin, limitSignal, rejectOn } from './signals.ts';

export interface PhaseWork<T> {
  readonly name: PhaseName;
  /** Milliseconds after which the phase has failed. */
  readonly limitMs: number;
  /** Does the work; the signal ends its waits. */
  work(signal: AbortSignal): Promise<Outcome<T>>;
  /** Says why nothing happened, when the limit or the deadline ended the wait. */
  explain?(): Promise<string>;
}

export interface Outcome<T> {
  readonly value: T;
  /** What was done or found, in words. */
  readonly detail: string;
}

export interface PhaseRunner {
  /** Runs one phase; rejects with PhaseEnd when it fails. Phases may run side by side. */
  run<T>(phase: PhaseWork<T>): Promise<T>;
  /** Ends whatever runs, and all that would follow: what it all stands on has gone. `phase`: whose failure that is. */
  collapse(message: string, phase?: PhaseName): void;
  /** In the order of PHASES. */
  results(): PhaseResult[];
}

export interface PhaseRunnerOptions {
  /** Aborts when the whole run's time is over, or with the interruption. */
  readonly signal: AbortSignal;
  /** Aborts when the user wants no more. */
  readonly interruption?: AbortSignal | undefined;
  /** Milliseconds for phases that shall have another limit than their own. */
  readonly limits?: PhaseLimits | undefined;
  readonly onStart?: ((name: PhaseName) => void) | undefined;
  readonly onEnd?: ((result: PhaseResult) => void) | undefined;
}

export type PhaseLimits = Readonly<Partial<Record<PhaseName, number>>>;

/** A phase has failed; everything after it makes no sense any more. */
export class PhaseEnd extends Error {
  override readonly name = 'PhaseEnd';
  readonly phase: PhaseName;
  readonly exitCode: number;

  constructor(phase: PhaseName, exitCode: number, message: string, cause: unknown) {
    super(message, { cause });
    this.phase = phase;
    this.exitCode = exitCode;
  }
}

export function createPhaseRunner(options: PhaseRunnerOptions): PhaseRunner {
  const { signal, interruption, limits = {}, onStart, onEnd } = options;
  const results = new Map<PhaseName, PhaseResult>();
  const collapse = new AbortController();
  const collapsed = rejectOn(collapse.signal);
  let failure: PhaseEnd | undefined;
  const settle = (name: PhaseName, ok: boolean, start: number, detail: string) => {
    const result = { name, ok, ms: Math.round(performance.now() - start), ...(detail && { detail }) };
    results.set(name, result);
    onEnd?.(result);
  };
  return {
    async run(phase) {
      if (failure) throw failure;
      const start = performance.now();
      onStart?.(phase.name);
      const limitMs = limits[phase.name] ?? phase.limitMs;
      const limit = limitSignal(signal, limitMs, `waited ${limitMs / 1000} s`);
      try {
        // Ends with the signal even where the work does not listen to it.
        const ended = [rejectOn(limit.signal), collapsed];
        const { value, detail } = await Promise.race([phase.work(limit.signal), ...ended]);
        if (!failure) settle(phase.name, true, start, detail);
        return value;
      } catch (error) {
        const message = interruption?.aborted
          ? 'interrupted'
          : await describeFailure(phase, error, limit.signal);
        // What runs beside a failed phase is torn down with it, and its end says nothing.
        if (failure) throw failure;
        const name = blamedPhase(error) ?? phase.name;
        failure = new PhaseEnd(name, exitCodeFor(name, options), message, error);
        settle(name, false, start, message);
        throw failure;
      } finally {
        limit.release();
      }
    },
    collapse: (message, phase) => collapse.abort(smokeFailure(message, phase)),
    results: () => [...results.values()].sort((a, b) => placeOf(a) - placeOf(b)),
  };
}

function exitCodeFor(name: PhaseName, { signal, interruption }: PhaseRunnerOptions): number {
  if (interruption?.aborted) return INTERRUPTED_EXIT_CODE;
  return signal.aborted ? DEADLINE_EXIT_CODE : PHASES[name];
}

const ORDER = Object.keys(PHASES);

function placeOf({ name }: PhaseResult): number {
  return ORDER.indexOf(name);
}

/** An expected failure speaks for itself; a wait that ended is explained by what the pages show. */
async function describeFailure(
  { name, explain }: Pick<PhaseWork<unknown>, 'name' | 'explain'>,
  error: unknown,
  ended: AbortSignal,
): Promise<string> {
  if (error instanceof MeetError) return error.message;
  if (!ended.aborted) return wordsOf(error);
  const cause = (await inTime(explain)) || `${name} did not finish`;
  return `${cause} (${wordsOf(ended.reason)})`;
}

/** Milliseconds for saying why: pages that hang do not answer this question either. */
const EXPLAIN_LIMIT_MS = 3000;

async function inTime(explain: (() => Promise<string>) | undefined): Promise<string> {
  const explained = explain?.().catch(() => '') ?? Promise.resolve('');
  return (await endsWithin(explained, EXPLAIN_LIMIT_MS)) ? explained : '';
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
