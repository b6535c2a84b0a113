import { PHASES, type PhaseName, type PhaseResult } from '../phase.ts';
import type { Paint } from './paint.ts';

/** A phase on the screen: not begun, running since an instant (performance.now), or ended. */
export type PhaseView =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'running'; readonly since: number }
  | { readonly kind: 'ended'; readonly result: PhaseResult };

const NAME_WIDTH = Math.max(...Object.keys(PHASES).map(name => name.length));
const TIME_WIDTH = 7;
const SPINNER = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const SPINNER_MS = 80;

/** One line for one phase: mark, name, time, detail. `now` by the same clock as `since`. */
export function phaseLine(name: PhaseName, view: PhaseView, now: number, paint: Paint): string {
  const label = name.padEnd(NAME_WIDTH);
  if (view.kind === 'waiting') return `  ${paint.dim(`· ${label}`)}`;
  if (view.kind === 'running') {
    const spinner = SPINNER[Math.floor(now / SPINNER_MS) % SPINNER.length];
    return `  ${paint.busy(`${spinner}`)} ${label} ${timeCell(now - view.since, paint)}`;
  }
  const { ok, ms, detail = '' } = view.result;
  const mark = ok ? paint.good('✓') : paint.bad('✗');
  return `  ${mark} ${label} ${timeCell(ms, paint)}  ${ok ? paint.dim(detail) : detail}`;
}

/** Milliseconds below a second, else seconds with one decimal. */
export function duration(ms: number): string {
  return ms < 999.5 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}

function timeCell(ms: number, paint: Paint): string {
  return paint.dim(duration(ms).padStart(TIME_WIDTH));
}
