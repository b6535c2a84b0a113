import { calledName, type DartCall } from '../../dart/tree.ts';
import { beginningsOf, callbackOf, passesCallback } from '../../flutter/call-life.ts';
import type { FlutterApp } from '../../flutter/flutter-app.ts';
import { dart, type FlutterRule } from './flutter-rule.ts';

const ADDING = /^add(SessionStatus|ButtonClick)Listener$/;

export const listenerEarly: FlutterRule = {
  id: 'flutter/listener-early',
  severity: 'error',
  title: 'listeners are added before there is a session',
  why: 'Before the session is there `CallSession.getInstance()` has nothing to listen to: a listener that was added then never hears anything.',
  fix: 'Add it in `onSuccess` of `joinSession`.',
  bad: dart(`class _CallScreenState extends State<CallScreen> {
  void initState() {
    super.initState();
    CallSession.getInstance()?.addSessionStatusListener(this);
    CometChatCalls.joinSession(sessionId: id, sessionSettings: settings, onSuccess: show, onError: fail);
  }
}`),
  good: dart(`class _CallScreenState extends State<CallScreen> {
  void initState() {
    super.initState();
    CometChatCalls.joinSession(
      sessionId: id,
      sessionSettings: settings,
      onSuccess: (view) => CallSession.getInstance()?.addSessionStatusListener(this),
      onError: fail,
    );
  }
}`),
  check(app, report) {
    if (app.joins.length === 0) return;
    for (const call of app.calls) {
      if (!ADDING.test(calledName(call) ?? '')) continue;
      if (isAddedEarly(app, call))
        report(call, 'this listener is added before onSuccess, and will hear nothing');
    }
  },
};

function isAddedEarly(app: FlutterApp, call: DartCall): boolean {
  const isIt = (other: DartCall) => other === call;
  const owner = app.functionAt(call)?.owner;
  const early = owner
    ? beginningsOf(owner)
        .flatMap(({ body }) => app.reach.waysTo(body, isIt))
        .filter(way => !passesCallback(way))
    : [];
  if (early.length > 0) return true;
  const successes = app.joins.flatMap(join => callbackOf(app, join, 'onSuccess') ?? []);
  // Where `onSuccess` is a parameter of somebody's wrapper, nothing is known.
  return successes.length > 0 && !successes.some(body => app.reach.reaches(body, isIt));
}
