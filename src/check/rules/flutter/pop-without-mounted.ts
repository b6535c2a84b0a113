import { guardsOf, isGuardedBy } from '../../dart/guards.ts';
import type { Way } from '../../dart/reach.ts';
import type { DartNode } from '../../dart/syntax.ts';
import { calledName, type DartCall, findAll } from '../../dart/tree.ts';
import { callbackOf, isPop, isSetState, isWidgetState } from '../../flutter/call-life.ts';
import type { FlutterApp } from '../../flutter/flutter-app.ts';
import { dart, type FlutterRule } from './flutter-rule.ts';

export const popWithoutMounted: FlutterRule = {
  id: 'flutter/pop-without-mounted',
  severity: 'error',
  title: 'what the SDK calls back closes a screen that may be gone',
  why: 'The SDK calls when it pleases, also after the screen is gone. `setState` or a pop on a state that is gone throws.',
  fix: 'Begin with `if (!mounted) return;`.',
  bad: dart(`class _CallScreenState extends State<CallScreen> implements SessionStatusListeners {
  void onSessionLeft() => Navigator.of(context).pop();
}`),
  good: dart(`class _CallScreenState extends State<CallScreen> implements SessionStatusListeners {
  void onSessionLeft() {
    if (!mounted) return;
    Navigator.of(context).pop();
  }
}`),
  check(app, report) {
    const told = new Set<DartNode>();
    for (const code of calledLater(app))
      for (const way of app.reach.waysTo(code, call => isPop(call) || isSetState(call))) {
        const last = way.at(-1);
        if (!last || told.has(last) || asksMounted(way) || !isInState(app, last)) continue;
        told.add(last);
        const what = calledName(last as DartCall) === 'setState' ? 'setState' : 'a pop';
        report(
          last,
          `${what} runs in a callback of the SDK, or after a wait, and the screen may be gone by then: ask for mounted first`,
        );
      }
  },
};

function isInState({ dart: project }: FlutterApp, node: DartNode): boolean {
  const owner = project.functionAt(node)?.owner;
  return owner ? isWidgetState(owner) : false;
}

function asksMounted(way: Way): boolean {
  return way.some(step => isGuardedBy(guardsOf(step), /^mounted$/));
}

/** Listeners of the SDK, the callbacks of a join, and methods that wait for something. */
function calledLater(app: FlutterApp): DartNode[] {
  const listeners = app.dart.classes
    .filter(({ interfaces }) => interfaces.some(name => /Listeners?$/.test(name)))
    .flatMap(({ methods }) =>
      [...methods].flatMap(([name, { body }]) => (/^on[A-Z]/.test(name) ? [body] : [])),
    );
  const callbacks = app.joins.flatMap(join =>
    (['onSuccess', 'onError'] as const).flatMap(label => callbackOf(app, join, label) ?? []),
  );
  return [...listeners, ...callbacks, ...app.dart.functions.flatMap(({ body }) => afterWait(body))];
}

/** The statements of a body behind its first `await`. */
function afterWait(body: DartNode): DartNode[] {
  const block = body.children.find(({ kind }) => kind === 'block');
  const statements = block?.children ?? [];
  const first = statements.findIndex(
    statement => findAll(statement, ({ kind }) => kind === 'await_expression').length > 0,
  );
  return first < 0 ? [] : statements.slice(first + 1);
}
