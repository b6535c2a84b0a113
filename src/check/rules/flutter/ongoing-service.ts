import type { DartCall } from '../../dart/tree.ts';
import { callbackOf, callsService, endingsOf, TERMINATIONS } from '../../flutter/call-life.ts';
import type { FlutterApp } from '../../flutter/flutter-app.ts';
import { dart, type FlutterReport, type FlutterRule } from './flutter-rule.ts';

const abort = (call: DartCall) => callsService(call, 'abort');

export const ongoingService: FlutterRule = {
  id: 'flutter/ongoing-service',
  severity: 'error',
  title: 'the service of the ongoing call does not begin or end with it',
  why: 'Android 14 stops camera and microphone of an app in the background without a foreground service; and one that is not aborted leaves a notification of a call that is over.',
  fix: 'Call `CometChatOngoingCallService.launch()` once joined, and `abort()` in `dispose`, on the way back and in `onError`.',
  bad: dart(`class _CallScreenState extends State<CallScreen> {
  void join() => CometChatCalls.joinSession(sessionId: id, sessionSettings: settings, onSuccess: show, onError: (e) => fail(e));
  void onSessionJoined() => CometChatOngoingCallService.launch();
  void dispose() => super.dispose();
}`),
  good: dart(`class _CallScreenState extends State<CallScreen> {
  void join() => CometChatCalls.joinSession(sessionId: id, sessionSettings: settings, onSuccess: show, onError: _fail);
  void onSessionJoined() => CometChatOngoingCallService.launch();
  void _fail(CometChatCallsException e) => CometChatOngoingCallService.abort();
  void dispose() {
    CometChatOngoingCallService.abort();
    super.dispose();
  }
}`),
  check(app, report) {
    const [first] = app.joins;
    if (!first) return;
    if (!app.calls.some(call => callsService(call, 'launch'))) {
      report(
        first,
        'CometChatOngoingCallService.launch() is called nowhere: in the background Android takes camera and microphone away',
      );
      return;
    }
    for (const join of app.joins) checkJoin(app, join, report);
  },
};

function checkJoin(app: FlutterApp, join: DartCall, report: FlutterReport): void {
  const failed = callbackOf(app, join, 'onError');
  if (failed && !app.reach.reaches(failed, abort))
    report(failed, 'onError does not abort the service of the ongoing call');
  const owner = app.functionAt(join)?.owner;
  if (!owner) return;
  const endings = endingsOf(owner, app);
  if (endings.length === 0 || !endings.some(({ body }) => app.reach.reaches(body, abort)))
    report(
      endings.find(({ node }) => app.dart.functionAt(node)?.owner === owner)?.node ?? join,
      `${owner.name} goes without aborting the service of the ongoing call: do it in dispose`,
    );
  for (const name of TERMINATIONS) {
    const method = owner.methods.get(name);
    if (method && !app.reach.reaches(method.body, abort))
      report(method.node, `${name} does not abort the service of the ongoing call`);
  }
}
