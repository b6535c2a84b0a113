import { PHASES } from '../phase.ts';
import type { Paint } from './paint.ts';
import { oneLine } from './plain-text.ts';

/** How a phase or a scenario ended. */
export interface StepResult {
  readonly name: string;
  readonly ok: boolean;
  readonly skipped?: boolean;
  readonly ms: number;
  readonly detail?: string;
}

/** A phase or a scenario on the screen: not begun, running since an instant (performance.now), or ended. */
export type StepView =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'running'; readonly since: number }
  | { readonly kind: 'ended'; readonly result: StepResult };

const TIME_WIDTH = 7;
const SPINNER = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const SPINNER_MS = 80;

/** Columns for the names: the phases' and these. */
export function nameWidth(names: readonly string[] = []): number {
  return Math.max(...[...Object.keys(PHASES), ...names].map(({ length }) => length));
}

const PHASE_WIDTH = nameWidth();

/** One line for one step: mark, name, time, detail. `now` by the same clock as `since`. */
export function stepLine(
  name: string,
  view: StepView,
  now: number,
  paint: Paint,
  width = PHASE_WIDTH,
): string {
  const label = name.padEnd(width);
  if (view.kind === 'waiting') return `  ${paint.dim(`· ${label}`)}`;
  if (view.kind === 'running') {
    const spinner = SPINNER[Math.floor(now / SPINNER_MS) % SPINNER.length];
    return `  ${paint.busy(`${spinner}`)} ${label} ${timeCell(duration(now - view.since), paint)}`;
  }
  const { ok, skipped, ms } = view.result;
  const detail = oneLine(view.result.detail ?? '');
  if (skipped) return `  ${paint.dim(`- ${label}`)} ${timeCell('skipped', paint)}  ${paint.dim(detail)}`;
  const mark = ok ? paint.good('✓') : paint.bad('✗');
  return `  ${mark} ${label} ${timeCell(duration(ms), paint)}  ${ok ? paint.dim(detail) : detail}`;
}

/** Milliseconds below a second, else seconds with one decimal. */
export function duration(ms: number): string {
  return ms < 999.5 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}

function timeCell(text: string, paint: Paint): string {
  return paint.dim(text.padStart(TIME_WIDTH));
}
