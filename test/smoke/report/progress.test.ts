import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { createProgress } from '../../../src/smoke/report/progress.ts';
import { duration, phaseLine } from '../../../src/smoke/report/progress-lines.ts';
import { plain } from './reports.ts';

const passed = { name: 'join', ok: true, ms: 276, detail: 'both in the call' } as const;
const failed = { name: 'camera', ok: false, ms: 10_004, detail: "bob's camera never started" } as const;

describe('phaseLine', () => {
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
    expect(phaseLine('join', view, 5_400, plain)).toBe(line);
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
    const lines = stripVTControlCharacters(written.join('')).split('\n');
    expect(lines).toContain(`  ✓ join         276 ms  ${'x'.repeat(14)}`);
    expect(lines.map(line => line.trim())).toContain('· camera');
    expect(written.at(-1)).toBe('\u001b[?25h');
  });

  it('falls back to lines on a terminal that is too low', () => {
    const { written, write } = collect();
    const progress = createProgress({ write, size: { columns: 80, rows: 10 }, paint: plain });
    progress.onEnd(passed);
    progress.stop();
    expect(written).toHaveLength(1);
  });
});
