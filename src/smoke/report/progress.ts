import { PHASES, type PhaseName, type PhaseResult } from '../phase.ts';
import type { Paint } from './paint.ts';
import { type PhaseView, phaseLine } from './progress-lines.ts';

/** What follows a run on the screen while it goes on. */
export interface Progress {
  onStart(name: PhaseName): void;
  onEnd(result: PhaseResult): void;
  /** Leaves the screen in its last state, and alone from then on. */
  stop(): void;
}

export interface Screen {
  write(text: string): void;
  /** Columns and rows of a terminal; undefined where the output is none. */
  readonly size: { readonly columns: number; readonly rows: number } | undefined;
  readonly paint: Paint;
}

const NAMES = Object.keys(PHASES) as PhaseName[];
const FRAME_MS = 80;
const HIDE_CURSOR = '\u001b[?25l';
const SHOW_CURSOR = '\u001b[?25h';
const CLEAR_BELOW = '\u001b[0J';

/** All phases at once, redrawn in place, on a terminal that has room for them; else a line as each phase ends. */
export function createProgress(screen: Screen): Progress {
  const { size } = screen;
  return size && size.rows > NAMES.length + 1
    ? createLiveProgress(screen, size.columns)
    : createLineProgress(screen);
}

function createLineProgress({ write, paint }: Screen): Progress {
  return {
    onStart() {},
    onEnd: result => write(`${phaseLine(result.name, { kind: 'ended', result }, 0, paint)}\n`),
    stop() {},
  };
}

function createLiveProgress({ write, paint }: Screen, columns: number): Progress {
  const views = new Map<PhaseName, PhaseView>();
  let drawn = 0;
  let stopped = false;
  const draw = () => {
    const now = performance.now();
    const lines = NAMES.map(name => phaseLine(name, views.get(name) ?? { kind: 'waiting' }, now, paint));
    const up = drawn > 0 ? `\u001b[${drawn}A` : HIDE_CURSOR;
    write(`${up}\r${CLEAR_BELOW}${lines.map(line => cut(line, columns)).join('\n')}\n`);
    drawn = lines.length;
  };
  const timer = setInterval(draw, FRAME_MS);
  return {
    onStart(name) {
      views.set(name, { kind: 'running', since: performance.now() });
    },
    onEnd(result) {
      views.set(result.name, { kind: 'ended', result });
    },
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
