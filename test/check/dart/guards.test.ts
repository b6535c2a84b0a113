import { describe, expect, it } from 'vitest';
import { guardsOf, isGuardedBy } from '../../../src/check/dart/guards.ts';
import { calledName, callsIn } from '../../../src/check/dart/tree.ts';
import { parseDart } from './dart-run.ts';

function isGuarded(code: string): boolean {
  const { root, gaps } = parseDart(`void a() async { ${code} }`);
  const pop = callsIn(root).find(call => calledName(call) === 'pop');
  if (!pop || gaps.length > 0) throw new Error('not as meant');
  return isGuardedBy(guardsOf(pop), /^mounted$/);
}

describe('a guard', () => {
  it.each([
    'if (!mounted) return; nav.pop();',
    'if (!mounted) { log(); return; } nav.pop();',
    'if (_left || !context.mounted) return; nav.pop();',
    'if (mounted) nav.pop();',
    'if (mounted && ready) { nav.pop(); }',
    'if (!mounted) { } else { nav.pop(); }',
    'mounted ? nav.pop() : null;',
    'mounted && nav.pop();',
    'if (!mounted) throw "gone"; if (ready) { nav.pop(); }',
  ])('stands before: %s', code => {
    expect(isGuarded(code)).toBe(true);
  });

  it.each([
    'nav.pop();',
    'nav.pop(); if (!mounted) return;',
    'if (ready) return; nav.pop();',
    'if (!mounted) log(); nav.pop();',
    'if (!mounted) return; later(() { nav.pop(); });',
    'if (mounted) {} nav.pop();',
  ])('does not: %s', code => {
    expect(isGuarded(code)).toBe(false);
  });
});
