import type { DartClass } from '../../dart/dart-project.ts';
import { guardsOf } from '../../dart/guards.ts';
import type { Way } from '../../dart/reach.ts';
import { findAll } from '../../dart/tree.ts';
import { isPop, LEAVE_BUTTON, TERMINATIONS } from '../../flutter/call-life.ts';
import type { FlutterApp } from '../../flutter/flutter-app.ts';
import { dart, type FlutterRule } from './flutter-rule.ts';

export const unguardedPop: FlutterRule = {
  id: 'flutter/unguarded-pop',
  severity: 'error',
  title: 'the ends of a session each close the screen',
  why: 'One hangup fires onLeaveSessionButtonClicked, onSessionLeft and onConnectionClosed, one after the other. Whoever pops at each of them takes two routes away, or crashes with "Bad state: No element".',
  fix: 'Let all of them call one helper, which returns when its flag is set, when `mounted` is false and when `canPop()` is false, then sets the flag and pops.',
  bad: dart(`class _CallScreenState extends State<CallScreen> implements SessionStatusListeners {
  void onSessionLeft() => Navigator.of(context).pop();
  void onConnectionClosed() => Navigator.of(context).pop();
}`),
  good: dart(`class _CallScreenState extends State<CallScreen> implements SessionStatusListeners {
  bool _leaving = false;
  void _goBack() {
    if (_leaving || !mounted || !Navigator.of(context).canPop()) return;
    _leaving = true;
    Navigator.of(context).pop();
  }
  void onSessionLeft() => _goBack();
  void onConnectionClosed() => _goBack();
}`),
  check(app, report) {
    for (const owner of app.dart.classes) {
      const unguarded = [...TERMINATIONS, LEAVE_BUTTON].flatMap(name => {
        const method = owner.methods.get(name);
        const ways = method ? app.reach.waysTo(method.body, isPop) : [];
        const bare = ways.find(way => !hasFlag(app, way, owner));
        return method && bare ? [{ name, method }] : [];
      });
      if (unguarded.length < 2) continue;
      const names = unguarded.map(({ name }) => name).join(', ');
      for (const { method } of unguarded)
        report(
          method.node,
          `${names} each pop the navigator, and one hangup fires more than one of them; nothing keeps the second from popping`,
        );
    }
  },
};

/** Whether somewhere on the way stands a condition on what is also set there: a flag that lets one through once. */
function hasFlag({ dart: project }: FlutterApp, way: Way, owner: DartClass): boolean {
  return way.some(step => {
    const body = project.functionAt(step)?.body;
    if (!body) return false;
    const set = findAll(body, ({ kind }) => kind === 'assignment_expression').flatMap(({ fields }) =>
      findAll(fields.left ?? body, ({ name }) => name !== undefined).map(({ name }) => name),
    );
    const asked = guardsOf(step).flatMap(({ condition }) =>
      findAll(condition, ({ name }) => name !== undefined).map(({ name }) => name),
    );
    return asked.some(name => set.includes(name) && name !== owner.name);
  });
}
