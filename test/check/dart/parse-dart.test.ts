import { describe, expect, it } from 'vitest';
import { callsIn, nameChain } from '../../../src/check/dart/tree.ts';
import { parseDart } from './dart-run.ts';

const inside = (code: string) => `void main() async {\n${code}\n}`;

describe('calls', () => {
  it.each([
    ['pop();', [['pop()']]],
    [
      'Navigator.of(context).pop();',
      [
        ['Navigator', 'of()', 'pop()'],
        ['Navigator', 'of()'],
      ],
    ],
    ['_session?.leaveSession();', [['_session', 'leaveSession()']]],
    ['widget.session!.leave();', [['widget', 'session', 'leave()']]],
    ['await calls.CometChatCalls.joinSession();', [['calls', 'CometChatCalls', 'joinSession()']]],
    [
      '(SessionSettingsBuilder()..setTitle("a")..mute = true).build();',
      [
        ['SessionSettingsBuilder()', 'build()'],
        ['SessionSettingsBuilder()'],
        ['SessionSettingsBuilder()', 'setTitle()'],
      ],
    ],
    ['const SizedBox.expand(child: a);', [['SizedBox', 'expand()']]],
    ['new Duration(seconds: 1);', [['Duration()']]],
    [
      'context.read<CallCubit>().join();',
      [
        ['context', 'read()', 'join()'],
        ['context', 'read()'],
      ],
    ],
    ['final a = b ? c() : d();', [['c()'], ['d()']]],
    ['run(() => go());', [['run()'], ['go()']]],
    ['rooms[0].leave();', [null]],
  ])('of %j', (code, chains) => {
    const { root, gaps } = parseDart(inside(code));
    expect([callsIn(root).map(nameChain), gaps]).toEqual([chains, []]);
  });

  it('know their arguments by label and place', () => {
    const [call] = callsIn(parseDart(inside('join(a, id: b.c, onError: _failed);')).root);
    expect(call?.args.map(({ label, value }) => [label, nameChain(value)])).toEqual([
      [null, ['a']],
      ['id', ['b', 'c']],
      ['onError', ['_failed']],
    ]);
  });
});

describe('what is no Dart', () => {
  it.each([
    ['a brace too few', 'class A { void b() {', true],
    ['words', 'this is not a program', true],
    ['bytes', '\u0000\u0001\ufffd', true],
    ['nothing', '', false],
    ['a library without a name', 'library;\nimport "a.dart";', false],
  ])('is told, and never thrown: %s', (_, text, hasGaps) => {
    expect(parseDart(text).gaps.length > 0).toBe(hasGaps);
  });

  it('leaves the rest readable', () => {
    const { root, gaps } = parseDart('void a() { one(); }\n)))\nvoid b() { two(); }');
    expect([callsIn(root).map(nameChain), gaps.length > 0]).toEqual([[['one()'], ['two()']], true]);
  });
});

it('counts places as JavaScript counts', () => {
  const text = inside('print("🎥 ü"); pop();');
  const call = callsIn(parseDart(text).root).at(-1);
  expect(text.slice(call?.start, call?.end)).toBe('pop()');
});
