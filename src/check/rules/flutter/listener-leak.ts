import { calledName } from '../../dart/tree.ts';
import { endingsOf } from '../../flutter/call-life.ts';
import { dart, type FlutterRule } from './flutter-rule.ts';

const ADDING = /^add((?:SessionStatus|ButtonClick|ParticipantEvent|MediaEvents?|Layout)Listeners?)$/;

export const listenerLeak: FlutterRule = {
  id: 'flutter/listener-leak',
  severity: 'error',
  title: 'listeners stay when the screen goes',
  why: 'The session outlives the screen, and holds every listener that was added: a screen that is gone is called, and never freed.',
  fix: 'Remove each in `dispose`.',
  bad: dart(`class _CallScreenState extends State<CallScreen> {
  void onJoined() => CallSession.getInstance()?.addSessionStatusListener(this);
  void dispose() => super.dispose();
}`),
  good: dart(`class _CallScreenState extends State<CallScreen> {
  void onJoined() => CallSession.getInstance()?.addSessionStatusListener(this);
  void dispose() {
    CallSession.getInstance()?.removeSessionStatusListener(this);
    super.dispose();
  }
}`),
  check(app, report) {
    const { calls, functionAt, reach } = app;
    for (const call of calls) {
      const [, kind] = ADDING.exec(calledName(call) ?? '') ?? [];
      const owner = functionAt(call)?.owner;
      if (kind === undefined || !owner) continue;
      const removed = endingsOf(owner, app).some(({ body }) =>
        reach.reaches(body, other => calledName(other) === `remove${kind}`),
      );
      if (!removed)
        report(
          call,
          `${owner.name} adds this listener, and does not remove it in dispose: call remove${kind}`,
        );
    }
  },
};
