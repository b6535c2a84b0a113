import { beside, type Cases, code, JOIN, screen } from './cases.ts';

export const JOIN_CASES: Readonly<Record<string, Cases>> = {
  'flutter/join-awaited': {
    wrong: {
      'a result kept': screen(`void join() async { final w = await ${JOIN} }`),
      'an await alone': screen(`Future<void> join() async { await ${JOIN} }`),
      'a then': screen(
        `void join() { CometChatCalls.joinSession(sessionId: id, sessionSettings: s, onSuccess: a, onError: b).then((w) => show(w)); }`,
      ),
      'a prefix of the import': code(`import 'package:cometchat_calls_sdk/cometchat_calls_sdk.dart' as calls;
Future<void> join() async { await calls.CometChatCalls.joinSession(sessionId: id, sessionSettings: s, onSuccess: a, onError: b); }`),
    },
    right: {
      'a statement': screen(`void join() { ${JOIN} }`),
      'an arrow': screen(`void join() => ${JOIN}`),
      'an await of something else before it': screen(
        `Future<void> join() async { await Permission.camera.request(); ${JOIN} }`,
      ),
      'an await inside of a callback': screen(
        `void join() { CometChatCalls.joinSession(sessionId: id, sessionSettings: s, onSuccess: (w) async { await tell(w); }, onError: fail); }`,
      ),
    },
  },
  'flutter/join-arguments': {
    wrong: {
      'a call token and a controller': screen(
        `void join() { CometChatCalls.joinSession(callToken: t, callSettings: c, controller: k); }`,
      ),
      'no onError': screen(
        `void join() { CometChatCalls.joinSession(sessionId: id, sessionSettings: s, onSuccess: show); }`,
      ),
      'by place': screen(
        `void join() { CometChatCalls.joinSession(id, s, onSuccess: show, onError: fail); }`,
      ),
    },
    right: {
      'all four': screen(`void join() { ${JOIN} }`),
      'in another order': screen(
        `void join() { CometChatCalls.joinSession(onError: fail, onSuccess: show, sessionSettings: s, sessionId: widget.id); }`,
      ),
      "somebody else's joinSession": screen(`void join() { repository.joinSession(id); ${JOIN} }`),
    },
  },
  'flutter/call-settings': {
    wrong: {
      'in the call itself': screen(
        `void join() { CometChatCalls.joinSession(sessionId: id, sessionSettings: CallSettings(sessionType: 'video'), onSuccess: show, onError: fail); }`,
      ),
      'a builder': screen(`final s = CallSettingsBuilder().build(); void join() => ${JOIN}`),
      'in another file': {
        ...screen(`void join() => ${JOIN}`),
        'lib/settings.dart': 'final settings = const CallSettings(layout: "tile");',
      },
    },
    right: {
      'its own builder': screen(
        `final s = SessionSettingsBuilder().setTitle('a').build(); void join() => ${JOIN}`,
      ),
      'by a cascade': screen(
        `final s = (SessionSettingsBuilder()..setTitle('a')).build(); void join() => ${JOIN}`,
      ),
      'in the part of an app that rings': {
        ...screen(`void join() => ${JOIN}`),
        'lib/ring.dart': `class Ring { void call() { CometChat.initiateCall(c); final s = CallSettings(sessionType: 'audio'); } }`,
      },
    },
  },
  'flutter/unknown-controller': {
    wrong: {
      'a field of that type': screen('final CometChatOngoingCallController? controller = null;'),
      'made in build': screen(`Widget build(BuildContext c) => CometChatOngoingCallView(controller: x);`),
      'a parameter': code('/* CometChat */ void keep(CometChatOngoingCallController c) {}'),
    },
    right: {
      'the session itself': screen('void leave() => CallSession.getInstance()?.leaveSession();'),
      'the service, which is there': screen('void a() => CometChatOngoingCallService.abort();'),
      'a class of the app by that name': {
        ...screen('final c = CometChatOngoingCallController();'),
        'lib/c.dart': 'class CometChatOngoingCallController {}',
      },
    },
  },
  'flutter/stateless-call-screen': {
    wrong: {
      'in build': code(
        `class Call extends StatelessWidget { Widget build(BuildContext c) { ${JOIN} return x; } }`,
      ),
      'in a helper': code(`class Call extends StatelessWidget { void _join() => ${JOIN} }`),
      'with riverpod': code(`class Call extends ConsumerWidget { void _join() => ${JOIN} }`),
    },
    right: {
      'a state': screen(`void initState() { ${JOIN} }`),
      'a controller of GetX': code(`class CallController extends GetxController { void onInit() { ${JOIN} } }
class CallView extends GetView<CallController> { Widget build(BuildContext c) => SizedBox.expand(child: x); }`),
      'a cubit': code(`class CallCubit extends Cubit<CallState> { void join() { ${JOIN} } }
class Page extends StatelessWidget { Widget build(BuildContext c) => x; }`),
    },
  },
  'flutter/runtime-permissions': {
    wrong: {
      none: screen(`void join() { ${JOIN} }`),
      'one of two': screen(`Future<void> join() async { await Permission.camera.request(); ${JOIN} }`),
      'after the join': screen(
        `Future<void> join() async { ${JOIN} await [Permission.camera, Permission.microphone].request(); }`,
      ),
    },
    right: {
      'one after the other, in a loop': screen(
        `Future<void> ask() async { for (final each in [Permission.camera, Permission.microphone]) { await each.request(); } }
Future<void> join() async { await ask(); ${JOIN} }`,
      ),
      'one after the other': screen(
        `Future<void> join() async { await Permission.camera.request(); await Permission.microphone.request(); ${JOIN} }`,
      ),
      'both at once': screen(
        `Future<void> join() async { await [Permission.camera, Permission.microphone].request(); ${JOIN} }`,
      ),
      'in another file': {
        ...screen(`void join() { ${JOIN} }`),
        'lib/permissions.dart':
          'Future<void> ask() async { final answers = await [Permission.microphone, Permission.camera].request(); }',
      },
    },
  },
  'flutter/chat-sdk-in-session-only': {
    wrong: {
      'a dependency': beside(
        'pubspec.yaml',
        'name: a\ndependencies:\n  cometchat_calls_sdk: ^5.0.0\n  cometchat_chat_sdk: ^4.0.0\n',
      ),
      'its older name': beside('pubspec.yaml', 'name: a\ndependencies:\n  cometchat_sdk: ^3.0.0\n'),
      'its login': screen(`void join() { CometChat.login(uid, key, onSuccess: a, onError: b); ${JOIN} }`),
    },
    right: {
      without: beside('pubspec.yaml', 'name: a\ndependencies:\n  cometchat_calls_sdk: ^5.0.0\n'),
      'with a chat': {
        ...beside('pubspec.yaml', 'name: a\ndependencies:\n  cometchat_chat_sdk: ^4.0.0\n'),
        'lib/chat.dart': 'void send() { CometChat.init(id, s); CometChat.sendMessage(m); }',
      },
      'with ringing': {
        ...beside('pubspec.yaml', 'name: a\ndependencies:\n  cometchat_chat_sdk: ^4.0.0\n'),
        'lib/ring.dart': 'void ring() { CometChat.initiateCall(call); }',
      },
      'only for tests': beside('pubspec.yaml', 'name: a\ndev_dependencies:\n  cometchat_chat_sdk: ^4.0.0\n'),
    },
  },
};
