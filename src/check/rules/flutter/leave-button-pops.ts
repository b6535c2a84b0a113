import { isPop, LEAVE_BUTTON } from '../../flutter/call-life.ts';
import { dart, type FlutterRule } from './flutter-rule.ts';

export const leaveButtonPops: FlutterRule = {
  id: 'flutter/leave-button-pops',
  severity: 'error',
  title: 'the leave button closes the screen by itself',
  why: 'The button only says that somebody wants to go. Whoever pops there leaves the screen while the session goes on, and pops again when it ends.',
  fix: 'Call `leaveSession()` there, and pop where `onSessionLeft` and `onConnectionClosed` come together.',
  bad: dart(`class _CallScreenState extends State<CallScreen> implements ButtonClickListeners {
  void onLeaveSessionButtonClicked() {
    _session?.leaveSession();
    Navigator.pop(context);
  }
}`),
  good: dart(`class _CallScreenState extends State<CallScreen> implements ButtonClickListeners {
  void onLeaveSessionButtonClicked() {
    _session?.leaveSession();
  }
}`),
  check({ dart: { classes }, reach }, report) {
    for (const { methods } of classes) {
      const method = methods.get(LEAVE_BUTTON);
      const way = method && reach.waysTo(method.body, isPop)[0];
      if (way?.[0])
        report(
          way[0],
          'the leave button pops the navigator by itself: call leaveSession(), and pop in the listeners',
        );
    }
  },
};
