import type { DartSource } from '../../dart/dart-project.ts';
import type { DartNode } from '../../dart/syntax.ts';
import type { Edit } from '../../rule.ts';
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
  check({ joins, dart: { sourceOf } }, report) {
    for (const join of joins) {
      const use = useOf(join);
      if (use)
        report(
          join,
          `joinSession returns nothing, but ${use}; the widget comes with onSuccess`,
          fixOf(join, sourceOf(join)),
        );
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

/** With `await` in front it does not compile, so that nothing can hang on the waiting. */
function fixOf({ parent, start }: DartNode, { path, text }: DartSource): Edit[] | null {
  const statement = parent?.parent?.parent;
  if (parent?.kind !== 'await_expression' || statement?.kind !== 'expression_statement') return null;
  const isBare = /^await\s+$/.test(text.slice(parent.start, start));
  return isBare ? [{ file: path, start: parent.start, end: start, text: '' }] : null;
}
