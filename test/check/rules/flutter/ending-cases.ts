import { type Cases, code, JOIN, screen } from './cases.ts';

const STATUS = 'SessionStatusListeners';
const BUTTONS = 'ButtonClickListeners';
const POP = 'Navigator.of(context).pop();';
const GUARDED = `bool _left = false;
void _back() { if (_left || !mounted || !Navigator.of(context).canPop()) return; _left = true; ${POP} }`;

const joining = (success: string, more: string) =>
  screen(`void initState() { CometChatCalls.joinSession(sessionId: id, sessionSettings: s, onSuccess: ${success}, onError: fail); }
${more}`);

export const ENDING_CASES: Readonly<Record<string, Cases>> = {
  'flutter/unguarded-pop': {
    wrong: {
      'each by itself': screen(`void onSessionLeft() => ${POP} void onConnectionClosed() => ${POP}`, STATUS),
      'a helper without a flag': screen(
        `void _back() { if (mounted) ${POP} } void onSessionLeft() => _back(); void onSessionTimedOut() => _back();`,
        STATUS,
      ),
      'with GetX': code(`class C extends GetxController implements SessionStatusListeners {
void onSessionLeft() { Get.back(); } void onConnectionClosed() { Get.back(); } }`),
      'a flag that is never set': screen(
        `bool _left = false; void _back() { if (_left) return; ${POP} } void onSessionLeft() => _back(); void onConnectionClosed() => _back();`,
        STATUS,
      ),
      'the button as well': screen(
        `void onLeaveSessionButtonClicked() { Navigator.pop(context); } void onConnectionClosed() { Navigator.pop(context); }`,
        `${STATUS}, ${BUTTONS}`,
      ),
    },
    right: {
      'one guarded helper': screen(
        `${GUARDED} void onSessionLeft() => _back(); void onConnectionClosed() => _back();`,
        STATUS,
      ),
      'one listener alone': screen(
        `void onConnectionClosed() { if (mounted) ${POP} } void onSessionLeft() {}`,
        STATUS,
      ),
      'a flag around it': screen(
        `bool _open = true; void _back() { if (_open && mounted) { _open = false; ${POP} } } void onSessionLeft() => _back(); void onSessionTimedOut() => _back();`,
        STATUS,
      ),
      'a flag with GetX':
        code(`class C extends GetxController implements SessionStatusListeners { var _left = false;
void _back() { if (_left) return; _left = true; Get.back(); } void onSessionLeft() => _back(); void onConnectionClosed() => _back(); }`),
      'a guard in the superclass': {
        'lib/base.dart': `abstract class Leaver extends State<CallScreen> { ${GUARDED} }`,
        'lib/screen.dart': `class _S extends Leaver implements SessionStatusListeners { void onSessionLeft() => _back(); void onConnectionClosed() => _back(); }`,
      },
    },
  },
  'flutter/pop-without-mounted': {
    wrong: {
      'in a listener': screen(`void onConnectionClosed() { ${POP} }`, STATUS),
      'in onSuccess': joining('(w) { setState(() { _view = w; }); }', ''),
      'in a named onError': screen(
        `void join() => CometChatCalls.joinSession(sessionId: id, sessionSettings: s, onSuccess: a, onError: _fail); void _fail(e) { setState(() => _e = e); }`,
      ),
      'behind a wait': screen(`Future<void> leave() async { await api.leave(CometChatCalls); ${POP} }`),
    },
    right: {
      'a return before it': screen(`void onConnectionClosed() { if (!mounted) return; ${POP} }`, STATUS),
      'asked by the caller': screen(
        `void onSessionLeft() { if (mounted) _back(); } void _back() { ${POP} }`,
        STATUS,
      ),
      'of the context': joining('(w) { if (context.mounted) setState(() { _view = w; }); }', ''),
      'where there is no such thing': code(
        `class C extends Cubit<S> implements SessionStatusListeners { void onSessionLeft() => router.pop(); }`,
      ),
      'at once, by a button of the app': screen(
        `void cancel() { ${POP} } void x() => CallSession.getInstance();`,
      ),
    },
  },
  'flutter/leave-button-pops': {
    wrong: {
      'pop alone': screen(`void onLeaveSessionButtonClicked() { ${POP} }`, BUTTONS),
      'after leaving': screen(
        'void onLeaveSessionButtonClicked() { _s?.leaveSession(); Navigator.pop(context); }',
        BUTTONS,
      ),
      'by a helper': screen(`${GUARDED} void onLeaveSessionButtonClicked() => _back();`, BUTTONS),
    },
    right: {
      leaves: screen('void onLeaveSessionButtonClicked() { _s?.leaveSession(); }', BUTTONS),
      'asks, then leaves': screen(
        'void onLeaveSessionButtonClicked() async { final yes = await sure(); if (yes) CallSession.getInstance()?.leaveSession(); }',
        BUTTONS,
      ),
      'does nothing': screen('void onLeaveSessionButtonClicked() {}', BUTTONS),
    },
  },
  'flutter/ongoing-service': {
    wrong: {
      'never begun': screen(`void join() => ${JOIN}`),
      'not ended in dispose': screen(
        `void join() => ${JOIN} void show(w) => CometChatOngoingCallService.launch(); void fail(e) => CometChatOngoingCallService.abort(); void dispose() { super.dispose(); }`,
      ),
      'not ended where the join fails': screen(
        `void join() => ${JOIN} void show(w) => CometChatOngoingCallService.launch(); void fail(e) { log(e); } void dispose() { CometChatOngoingCallService.abort(); }`,
      ),
      'not ended where the session ends': screen(
        `void join() => ${JOIN} void show(w) => CometChatOngoingCallService.launch(); void fail(e) => CometChatOngoingCallService.abort();
void dispose() { CometChatOngoingCallService.abort(); } void onSessionLeft() { log('left'); }`,
        STATUS,
      ),
    },
    right: {
      everywhere: screen(
        `void join() => ${JOIN} void onSessionJoined() => CometChatOngoingCallService.launch(); void fail(e) => CometChatOngoingCallService.abort();
void dispose() { CometChatOngoingCallService.abort(); super.dispose(); }`,
      ),
      'by one helper': screen(
        `void join() => ${JOIN} void show(w) => CometChatOngoingCallService.launch(); void fail(e) => _end(); void onSessionLeft() => _end();
void dispose() { _end(); super.dispose(); } void _end() { CometChatOngoingCallService.abort(); }`,
        STATUS,
      ),
      'by the dispose of a superclass': code(`abstract class Base<T extends StatefulWidget> extends State<T> {
void dispose() { CometChatOngoingCallService.abort(); super.dispose(); } }
class _CallState extends Base<CallScreen> { void dispose() { _off(); super.dispose(); } void join() => ${JOIN}
void show(w) => CometChatOngoingCallService.launch(); void fail(e) => CometChatOngoingCallService.abort(); }`),
      'by the screen of a service that stays':
        code(`class Service { void join() { ${JOIN} } void show(w) => CometChatOngoingCallService.launch();
void fail(e) => end(); void end() { CometChatOngoingCallService.abort(); } }
class _CallState extends State<CallScreen> { void dispose() { service.end(); super.dispose(); } }`),
      "with Riverpod's onDispose":
        code(`class C extends AutoDisposeNotifier<S> { S build() { ref.onDispose(_end); ${JOIN} return idle; }
void show(w) => CometChatOngoingCallService.launch(); void fail(e) => _end(); void _end() { CometChatOngoingCallService.abort(); } }`),
      'with GetX':
        code(`class C extends GetxController { void onInit() { ${JOIN} } void show(w) { CometChatOngoingCallService.launch(); }
void fail(e) { CometChatOngoingCallService.abort(); } void onClose() { CometChatOngoingCallService.abort(); super.onClose(); } }`),
    },
  },
  'flutter/listener-leak': {
    wrong: {
      'no dispose': screen('void a() => CallSession.getInstance()?.addSessionStatusListener(this);'),
      'one of two': screen(
        `void a() { _s.addSessionStatusListener(this); _s.addButtonClickListener(this); CallSession.getInstance(); }
void dispose() { _s.removeSessionStatusListener(this); super.dispose(); }`,
      ),
      'removed elsewhere only': screen(
        'void a() => CallSession.getInstance()?.addButtonClickListener(this); void b() => _s?.removeButtonClickListener(this); void dispose() { super.dispose(); }',
      ),
    },
    right: {
      'in dispose': screen(
        'void a() => CallSession.getInstance()?.addSessionStatusListener(this); void dispose() { _s?.removeSessionStatusListener(this); super.dispose(); }',
      ),
      'by a helper': screen(
        `void a() { CallSession.getInstance()?..addSessionStatusListener(this)..addButtonClickListener(this); }
void _quiet() { _s?..removeSessionStatusListener(this)..removeButtonClickListener(this); } void dispose() { _quiet(); super.dispose(); }`,
      ),
      'in the dispose of a screen, for a service that stays':
        code(`class Service { void a() { _s = CallSession.getInstance()?..addSessionStatusListener(this); }
void end() => _s?.removeSessionStatusListener(this); }
class _CallState extends State<CallScreen> { void dispose() { service.end(); super.dispose(); } }`),
      "in Riverpod's onDispose":
        code(`class C extends Notifier<S> { S build() { ref.onDispose(() => _s?.removeSessionStatusListener(this)); return idle; }
void a() { _s = CallSession.getInstance()?..addSessionStatusListener(this); } }`),
      'when a cubit closes':
        code(`class C extends Cubit<S> { void a() => CallSession.getInstance()?.addSessionStatusListener(this);
Future<void> close() { CallSession.getInstance()?.removeSessionStatusListener(this); return super.close(); } }`),
    },
  },
  'flutter/listener-early': {
    wrong: {
      'in initState': joining(
        'show',
        'void didChangeDependencies() { CallSession.getInstance()?.addSessionStatusListener(this); }',
      ),
      'by a helper': screen(
        `void initState() { _listen(); CometChatCalls.joinSession(sessionId: id, sessionSettings: s, onSuccess: (w) => show(w), onError: fail); }
void _listen() { CallSession.getInstance()?.addButtonClickListener(this); }`,
      ),
      'right after the join': screen(
        `void join() { CometChatCalls.joinSession(sessionId: id, sessionSettings: s, onSuccess: (w) => show(w), onError: fail);
CallSession.getInstance()?.addSessionStatusListener(this); }`,
      ),
    },
    right: {
      'in onSuccess': joining('(w) { CallSession.getInstance()?.addSessionStatusListener(this); }', ''),
      'by a helper': joining(
        '(w) { _listen(); }',
        'void _listen() { CallSession.getInstance()?.addSessionStatusListener(this); }',
      ),
      'in a named onSuccess': joining(
        '_joined',
        'void _joined(Widget? w) { CallSession.getInstance()?..addSessionStatusListener(this)..addButtonClickListener(this); }',
      ),
    },
  },
  'flutter/missing-listener-methods': {
    wrong: {
      'two of six': screen('void onSessionLeft() {} void onConnectionClosed() {}', STATUS),
      'buttons without all': screen('void onLeaveSessionButtonClicked() {}', BUTTONS),
      'one of six forgotten, in a cubit': code(`class C extends Cubit<S> implements SessionStatusListeners {
void onSessionJoined() {} void onSessionLeft() {} void onConnectionClosed() {} void onConnectionLost() {} void onConnectionRestored() {} }`),
    },
    right: {
      'all six': screen(
        'void onSessionJoined() {} void onSessionLeft() {} void onConnectionClosed() {} void onConnectionLost() {} void onConnectionRestored() {} void onSessionTimedOut() {}',
        STATUS,
      ),
      'some by a mixin': {
        'lib/m.dart':
          'mixin Rest { void onConnectionLost() {} void onConnectionRestored() {} void onSessionTimedOut() {} }',
        'lib/s.dart': `class S extends State<A> with Rest implements SessionStatusListeners { void onSessionJoined() {} void onSessionLeft() {} void onConnectionClosed() {} }`,
      },
      'an abstract class': code(
        'abstract class S implements SessionStatusListeners { void onSessionLeft() {} }',
      ),
    },
  },
  'flutter/constrained-widget': {
    wrong: {
      'a padding': joining(
        '(w) { setState(() => _view = w); }',
        'Widget build(c) => Padding(padding: EdgeInsets.all(8), child: _view);',
      ),
      'a box with a height': joining(
        '(w) { _view = w; }',
        'Widget build(c) => Scaffold(body: Center(child: SizedBox(height: 300, child: _view)));',
      ),
      'a container with a margin': joining(
        '(w) { _view = w; }',
        'Widget build(c) => Container(margin: EdgeInsets.all(4), child: _view ?? x);',
      ),
      'by a cubit':
        code(`class C extends Cubit<S> { void join() => CometChatCalls.joinSession(sessionId: id, sessionSettings: s, onSuccess: (w) => emit(Joined(w)), onError: fail); }
class Joined extends S { Joined(this.view); final Widget? view; }
class Page extends StatelessWidget { Widget build(c) => AspectRatio(aspectRatio: 1, child: state.view); }`),
    },
    right: {
      expanded: joining(
        '(w) { setState(() => _view = w); }',
        'Widget build(c) => SizedBox.expand(child: _view);',
      ),
      'as large as can be': joining(
        '(w) { _view = w; }',
        'Widget build(c) => SizedBox(width: double.infinity, height: double.infinity, child: _view);',
      ),
      'a padding around something else': joining(
        '(w) { _view = w; }',
        'Widget build(c) => Column(children: [Padding(padding: EdgeInsets.all(8), child: Text("a")), Expanded(child: _view)]);',
      ),
      'a container in black': joining(
        '(w) { _view = w; }',
        'Widget build(c) => Container(color: Colors.black, child: _view);',
      ),
    },
  },
};
