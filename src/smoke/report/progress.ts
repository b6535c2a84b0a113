import { stripVTControlCharacters } from 'node:util';
import { PHASES, type PhaseName, type PhaseResult } from '../phase.ts';
import type { Verdict } from '../scenarios/scenario.ts';
import type { Paint } from './paint.ts';
import { nameWidth, type StepResult, type StepView, stepLine } from './progress-lines.ts';
import { wrapLines } from './wrap-lines.ts';

/** What follows a run on the screen while it goes on. */
export interface Progress {
  onStart(name: PhaseName): void;
  onEnd(result: PhaseResult): void;
  onScenarioStart(name: string): void;
  onScenarioEnd(verdict: Verdict): void;
  /** Leaves the screen in its last state, and alone from then on. */
  stop(): void;
}

export interface Screen {
  write(text: string): void;
  /** Columns and rows of a terminal; undefined where the output is none. */
  readonly size: { readonly columns: number; readonly rows: number } | undefined;
  /** A terminal that only goes forward, line by line. */
  readonly plain?: boolean;
  readonly paint: Paint;
}

const PHASE_NAMES: readonly string[] = Object.keys(PHASES);
const LAST_PHASE: PhaseName = 'lint';
const FRAME_MS = 80;
const HIDE_CURSOR = '\u001b[?25l';
const SHOW_CURSOR = '\u001b[?25h';
const CLEAR_LINE = '\u001b[K';
const CLEAR_BELOW = '\u001b[0J';

/**
 * All phases at once, redrawn in place, on a terminal that has room for them; else a line as each step ends. Scenarios
 * come below; what has ended above scrolls away where they need the room.
 */
export function createProgress(screen: Screen, scenarios: readonly string[] = []): Progress {
  const { size } = screen;
  return size && !screen.plain && size.rows > PHASE_NAMES.length + 1
    ? createLiveProgress(screen, size, scenarios)
    : createLineProgress(screen, nameWidth(scenarios));
}

function createLineProgress({ write, paint, size }: Screen, width: number): Progress {
  const onEnd = (result: StepResult) => {
    const line = stepLine(result.name, { kind: 'ended', result }, 0, paint, width);
    write(`${wrapLines(line, size?.columns)}\n`);
  };
  return { onStart() {}, onEnd, onScenarioStart() {}, onScenarioEnd: onEnd, stop() {} };
}

function createLiveProgress(
  { write, paint }: Screen,
  { columns, rows }: NonNullable<Screen['size']>,
  scenarios: readonly string[],
): Progress {
  const steps = stepsOf(scenarios);
  const width = nameWidth(scenarios);
  // Steps that are written once and for all, and lines below them that the next drawing overwrites.
  let settled = 0;
  let drawn = 0;
  let hidden = false;
  let stopped = false;

  const draw = () => {
    const now = performance.now();
    const lines = (some: readonly Step[]) =>
      some.map(({ name, view }) => `${cut(stepLine(name, view, now, paint, width), columns)}${CLEAR_LINE}\n`);
    const up = drawn > 0 ? `\u001b[${drawn}A` : '';
    const before = settled;
    settled = Math.max(settled, countScrolled(steps.map(viewOf), rows - 1));
    const over = steps.slice(before, settled).filter(step => isWorthKeeping(step, steps));
    const rest = steps
      .slice(settled, settled + rows - 1)
      .filter(step => !stopped || isWorthKeeping(step, steps));
    const all = lines([...over, ...rest]).join('');
    // Not cleared before it is drawn: tmux takes a screen that is cleared from its top for one to keep.
    write(`${hidden ? '' : HIDE_CURSOR}${up}\r${all}${CLEAR_BELOW}`);
    hidden = true;
    drawn = rest.length;
  };
  const timer = setInterval(draw, FRAME_MS);
  const change = (kind: Step['kind'], name: string, view: StepView) => {
    const step = steps.find(each => each.kind === kind && each.name === name);
    if (step) step.view = view;
  };
  const running = (): StepView => ({ kind: 'running', since: performance.now() });
  return {
    onStart: name => change('phase', name, running()),
    onEnd: result => change('phase', result.name, { kind: 'ended', result }),
    onScenarioStart: name => change('scenario', name, running()),
    onScenarioEnd: verdict => change('scenario', verdict.name, { kind: 'ended', result: verdict }),
    stop() {
      if (stopped) return;
      stopped = true;
      clearInterval(timer);
      // A phase that a failure elsewhere ended has nothing to say.
      for (const step of steps) if (step.view.kind === 'running') step.view = WAITING;
      draw();
      write(SHOW_CURSOR);
    },
  };
}

const WAITING: StepView = { kind: 'waiting' };

/** A phase and a scenario may have the same name. */
interface Step {
  readonly kind: 'phase' | 'scenario';
  readonly name: string;
  view: StepView;
}

/** In the order they are come to: the rules are looked at last. */
function stepsOf(scenarios: readonly string[]): Step[] {
  const phase = (name: string): Step => ({ kind: 'phase', name, view: WAITING });
  return [
    ...PHASE_NAMES.filter(name => name !== LAST_PHASE).map(phase),
    ...scenarios.map((name): Step => ({ kind: 'scenario', name, view: WAITING })),
    phase(LAST_PHASE),
  ];
}

const viewOf = ({ view }: Step) => view;

/** What the run did not come to stays; what it left out, since nobody came late, does not. */
function isWorthKeeping(step: Step, steps: readonly Step[]): boolean {
  const later = steps.slice(steps.indexOf(step) + 1);
  return step.view.kind !== 'waiting' || later.every(({ view }) => view.kind === 'waiting');
}

/**
 * How many steps may leave the room of `rows` lines at its top: those before the first that still runs, or, where none
 * does, before the first to come after the last that ended.
 */
export function countScrolled(views: readonly StepView[], rows: number): number {
  const running = views.findIndex(({ kind }) => kind === 'running');
  const over = running >= 0 ? running : views.findLastIndex(({ kind }) => kind === 'ended') + 1;
  return Math.max(0, Math.min(views.length - rows, over));
}

/** Cuts to the terminal's width, colour codes not counted: a wrapped line would break the redrawing. */
function cut(line: string, columns: number): string {
  const width = columns - 1;
  if (stripVTControlCharacters(line).length <= width) return line;
  let room = width;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character is what starts a colour
  return line.replace(/\u001b\[[\d;]*m|./gu, part => {
    if (part.startsWith('\u001b')) return part;
    room--;
    if (room === 0) return '…';
    return room > 0 ? part : '';
  });
}
