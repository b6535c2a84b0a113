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
const FRAME_MS = 80;
const HIDE_CURSOR = '\u001b[?25l';
const SHOW_CURSOR = '\u001b[?25h';
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
  const names = [...PHASE_NAMES, ...scenarios];
  const width = nameWidth(scenarios);
  const views = new Map<string, StepView>();
  const viewOf = (name: string) => views.get(name) ?? { kind: 'waiting' };
  // Steps that are written once and for all, and lines below them that the next drawing overwrites.
  let settled = 0;
  let drawn = 0;
  let hidden = false;
  let stopped = false;

  const draw = () => {
    const now = performance.now();
    const lines = (from: number, to?: number) =>
      names.slice(from, to).map(name => `${cut(stepLine(name, viewOf(name), now, paint, width), columns)}\n`);
    const up = drawn > 0 ? `\u001b[${drawn}A` : '';
    const before = settled;
    settled = Math.max(settled, countScrolled(names.map(viewOf), rows - 1));
    const rest = lines(settled, settled + rows - 1);
    write(
      `${hidden ? '' : HIDE_CURSOR}${up}\r${CLEAR_BELOW}${[...lines(before, settled), ...rest].join('')}`,
    );
    hidden = true;
    drawn = rest.length;
  };
  const timer = setInterval(draw, FRAME_MS);
  const onStart = (name: string) => void views.set(name, { kind: 'running', since: performance.now() });
  const onEnd = (result: StepResult) => void views.set(result.name, { kind: 'ended', result });
  return {
    onStart,
    onEnd,
    onScenarioStart: onStart,
    onScenarioEnd: onEnd,
    stop() {
      if (stopped) return;
      stopped = true;
      clearInterval(timer);
      // A phase that a failure elsewhere ended has nothing to say.
      for (const [name, view] of views) if (view.kind === 'running') views.delete(name);
      draw();
      write(SHOW_CURSOR);
    },
  };
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
  let room = columns - 1;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character is what starts a colour
  return line.replace(/\u001b\[[\d;]*m|./gu, part => {
    if (part.startsWith('\u001b')) return part;
    room--;
    return room >= 0 ? part : '';
  });
}
