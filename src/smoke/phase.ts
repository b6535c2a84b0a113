import { MeetError } from '../core/errors.ts';

/** Every phase, in the order of the report, with the exit code of its failure. */
export const PHASES = {
  browser: 10,
  serve: 11,
  create: 12,
  denials: 13,
  token: 14,
  expiry: 13,
  page: 15,
  join: 16,
  late: 16,
  camera: 17,
  media: 18,
  leave: 19,
  rejoin: 16,
  'media again': 18,
  close: 19,
  cleanup: 20,
  lint: 21,
} as const;

export type PhaseName = keyof typeof PHASES;

/** The exit code when the meeting was good, but a scenario after it was not. */
export const SCENARIO_EXIT_CODE = 22;

/** The exit code when the whole run's time is over, whatever the phase. */
export const DEADLINE_EXIT_CODE = 23;

/** The exit code when the user wants no more: what a shell reports of a program that Ctrl-C ended. */
export const INTERRUPTED_EXIT_CODE = 130;

export interface PhaseResult {
  readonly name: PhaseName;
  readonly ok: boolean;
  readonly ms: number;
  readonly detail?: string;
}

/**
 * An expected failure of a run. `phase` where another phase than the running one is to blame: a page that is
 * denied its token fails in `token`, although it was joining.
 */
export function smokeFailure(message: string, phase?: PhaseName): MeetError {
  return new MeetError('SMOKE_FAILED', message, phase ? { detail: { phase } } : {});
}

/** The phase a failure blames, when it blames one. */
export function blamedPhase(error: unknown): PhaseName | undefined {
  const phase = error instanceof MeetError ? error.detail?.phase : undefined;
  return typeof phase === 'string' && phase in PHASES ? (phase as PhaseName) : undefined;
}
