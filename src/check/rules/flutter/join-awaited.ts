import type { DartNode } from '../../dart/syntax.ts';
import { dart, type FlutterRule } from './flutter-rule.ts';

const FUTURES = new Set(['then', 'catchError', 'whenComplete', 'timeout', 'ignore']);

export const joinAwaited: FlutterRule = {
  id: 'flutter/join-awaited',
  severity: 'error',
  title: 'joinSession is awaited, and returns nothing',
  why: 'It returns nothing: it tells by its callbacks how it went, and the widget of the call comes with `onSuccess`. What is awaited is over before anything happened.',
  fix: 'Drop the `await`, and go on in `onSuccess` and `onError`.',
  bad: dart(`Future<void> join() async {
  final view = await CometChatCalls.joinSession(sessionId: id, sessionSettings: settings);
  show(view);
}`),
  good: dart(`void join() {
  CometChatCalls.joinSession(
    sessionId: id,
    sessionSettings: settings,
    onSuccess: (view) => show(view),
    onError: (error) => fail(error.message),
  );
}`),
  check({ joins }, report) {
    for (const join of joins) {
      const use = useOf(join);
      if (use) report(join, `joinSession returns nothing, but ${use}; the widget comes with onSuccess`);
    }
  },
};

function useOf(join: DartNode): string | null {
  const { parent } = join;
  if (!parent) return null;
  if (parent.kind === 'await_expression') return 'it is awaited';
  if (parent.kind === 'member' && FUTURES.has(parent.name ?? '')) return `.${parent.name} is called on it`;
  if (parent.fields.value === join || parent.fields.right === join) return 'its result is kept';
  return null;
}
