import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { countScrolled, createProgress } from '../../../src/smoke/report/progress.ts';
import { duration, stepLine } from '../../../src/smoke/report/progress-lines.ts';
import { verdict } from '../scenarios/stand-ins.ts';
import { plain } from './reports.ts';

const passed = { name: 'join', ok: true, ms: 276, detail: 'both in the call' } as const;
const failed = { name: 'camera', ok: false, ms: 10_004, detail: "bob's camera never started" } as const;

describe('stepLine', () => {
  it.each([
    ['a phase to come', { kind: 'waiting' }, '  · join       '],
    ['a phase that runs', { kind: 'running', since: 1000 }, '  ⠧ join          4.4 s'],
    ['a phase that passed', { kind: 'ended', result: passed }, '  ✓ join         276 ms  both in the call'],
    [
      'a phase that failed',
      { kind: 'ended', result: failed },
      "  ✗ join         10.0 s  bob's camera never started",
    ],
  ] as const)('shows %s', (_, view, line) => {
    expect(stepLine('join', view, 5_400, plain)).toBe(line);
  });
});

describe('duration', () => {
  it.each([
    [0.4, '0 ms'],
    [999, '999 ms'],
    [999.7, '1.0 s'],
    [62_340, '62.3 s'],
  ])('writes %d as %s', (ms, text) => {
    expect(duration(ms)).toBe(text);
  });
});

describe('progress', () => {
  const collect = () => {
    const written: string[] = [];
    return { written, write: (text: string) => void written.push(text) };
  };

  it('writes a line as each phase ends where nobody watches', () => {
    const { written, write } = collect();
    const progress = createProgress({ write, size: undefined, paint: plain });
    progress.onStart('join');
    progress.onEnd(passed);
    progress.stop();
    expect(written).toEqual(['  ✓ join         276 ms  both in the call\n']);
  });

  it('shows all phases in place on a terminal, cut to its width, and gives the cursor back', () => {
    const { written, write } = collect();
    const progress = createProgress({ write, size: { columns: 40, rows: 24 }, paint: plain });
    progress.onStart('join');
    progress.onEnd({ ...passed, detail: 'x'.repeat(100) });
    progress.onStart('camera');
    progress.stop();
    const lines = stripVTControlCharacters(written.join(''))
      .split('\n')
      .map(line => line.trim());
    expect(lines).toContain(`✓ join         276 ms  ${'x'.repeat(13)}…`);
    expect(lines).toContain('· camera');
    expect(written.at(-1)).toBe('\u001b[?25h');
  });

  it('breaks lines between words on a terminal that cannot go back', () => {
    const { written, write } = collect();
    const size = { columns: 44, rows: 50 };
    const progress = createProgress({ write, size, plain: true, paint: plain });
    progress.onEnd({ ...passed, detail: 'both of them in the call' });
    progress.stop();
    expect(written).toEqual([
      '  ✓ join         276 ms  both of them in\n                         the call\n',
    ]);
  });

  it('falls back to lines on a terminal that is too low', () => {
    const { written, write } = collect();
    const progress = createProgress({ write, size: { columns: 80, rows: 10 }, paint: plain });
    progress.onEnd(passed);
    progress.stop();
    expect(written).toHaveLength(1);
  });

  it('writes scenarios below the phases, in columns with them', () => {
    const { written, write } = collect();
    const progress = createProgress({ write, size: undefined, paint: plain }, ['fault-bandwidth', 'mute']);
    progress.onEnd(passed);
    progress.onScenarioStart('fault-bandwidth');
    progress.onScenarioEnd(verdict({ name: 'fault-bandwidth', ms: 8120, detail: 'felt after 1 s' }));
    progress.onScenarioEnd(verdict({ name: 'mute', ms: 0, skipped: true, detail: 'no such button' }));
    expect(written).toEqual([
      '  ✓ join             276 ms  both in the call\n',
      '  ✓ fault-bandwidth   8.1 s  felt after 1 s\n',
      '  - mute            skipped  no such button\n',
    ]);
  });

  it('keeps a scenario apart from the phase of that name', () => {
    const { written, write } = collect();
    const progress = createProgress({ write, size: { columns: 60, rows: 40 }, paint: plain }, ['rejoin']);
    progress.onEnd({ name: 'rejoin', ok: true, ms: 130 });
    progress.stop();
    const lines = stripVTControlCharacters(written.join(''))
      .split('\n')
      .map(line => line.trim());
    expect(lines.filter(line => line.includes('rejoin'))).toEqual(['✓ rejoin       130 ms', '· rejoin']);
  });

  it('leaves out in the end what was passed over, and keeps what was not come to', () => {
    const { written, write } = collect();
    const progress = createProgress({ write, size: { columns: 60, rows: 40 }, paint: plain }, ['mute']);
    progress.onEnd(passed);
    progress.onScenarioStart('mute');
    progress.stop();
    const last = stripVTControlCharacters(written.at(-2) ?? '')
      .trim()
      .split('\n')
      .map(line => line.trim());
    expect(last[0]).toBe('✓ join         276 ms  both in the call');
    expect(last.slice(-3)).toEqual(['· cleanup', '· mute', '· lint']);
  });

  it('lets what has ended scroll away on a low terminal, each line written for good', () => {
    const { written, write } = collect();
    const scenarios = Array.from({ length: 12 }, (_, i) => `scene-${i}`);
    const progress = createProgress({ write, size: { columns: 60, rows: 20 }, paint: plain }, scenarios);
    progress.onEnd(passed);
    for (const name of scenarios) progress.onScenarioEnd(verdict({ name, ms: 1000 }));
    progress.stop();
    // A screen that is cleared from its top is kept by tmux, once for each drawing.
    expect(written.join('')).not.toContain('\r\u001b[0J');
    const lines = stripVTControlCharacters(written.join('')).trim().split('\n');
    expect(lines.map(line => line.trim())).not.toContain('· browser');
    expect(lines.filter(line => line.includes('scene-'))).toHaveLength(12);
    expect(lines.slice(-2)).toEqual([expect.stringContaining('✓ scene-11'), '  · lint']);
  });
});

describe('countScrolled', () => {
  const waiting = { kind: 'waiting' } as const;
  const running = { kind: 'running', since: 0 } as const;
  const ended = { kind: 'ended', result: passed } as const;
  it.each([
    ['nothing where there is room', [ended, ended, waiting], 3, 0],
    ['what has ended, as far as needed', [ended, ended, running, waiting], 3, 1],
    ['never what runs', [running, ended, ended, waiting], 2, 0],
    ['a phase that was left out', [ended, waiting, ended, waiting, waiting], 2, 3],
  ])('scrolls %s', (_, views, rows, count) => {
    expect(countScrolled(views, rows)).toBe(count);
  });
});
