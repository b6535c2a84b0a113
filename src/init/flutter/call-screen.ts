/** `lib/meet/call_screen.dart`: joins, shows what the SDK draws, and leaves by one way. */
export const CALL_SCREEN = `import 'dart:async';

import 'package:cometchat_calls_sdk/cometchat_calls_sdk.dart';
import 'package:flutter/material.dart';
import 'package:permission_handler/permission_handler.dart';

import 'meet_server.dart';
import 'meeting_link.dart';

/// The call behind a meeting's link, on the whole screen.
class CallScreen extends StatefulWidget {
  const CallScreen({super.key, required this.link, this.name = 'Guest'});

  final MeetingLink link;

  /// What the others see, unless an invite says who this is.
  final String name;

  /// Somebody is in a call, or on the way to one. The SDK has a single session.
  static bool get isOpen => _CallScreenState._open != null;

  @override
  State<CallScreen> createState() => _CallScreenState();
}

class _CallScreenState extends State<CallScreen>
    implements SessionStatusListeners, ButtonClickListeners {
  static _CallScreenState? _open;

  final _server = MeetServer();
  Widget? _call;
  String? _problem;
  CallSession? _session;
  bool _leaving = false;

  @override
  void initState() {
    super.initState();
    _open = this;
    unawaited(_enter());
  }

  @override
  void dispose() {
    _session?.removeSessionStatusListener(this);
    _session?.removeButtonClickListener(this);
    // Taken away by the app itself, as at a logout: nobody stays in a call that nobody sees.
    if (!_leaving) _session?.leaveSession();
    CometChatOngoingCallService.abort();
    _server.close();
    _close();
    super.dispose();
  }

  /// A screen that only says why there is no call stands in no other call's way.
  void _close() {
    if (_open == this) _open = null;
  }

  /// The server decides first: who may not come in is not asked for a camera.
  Future<void> _enter() async {
    try {
      final pass = await _server.enter(widget.link, name: widget.name);
      await _logIn(pass);
      await [Permission.camera, Permission.microphone].request();
      if (!mounted) return;
      _join(pass);
    } on MeetRefusal catch (refusal) {
      _show(refusal.message);
    } catch (_) {
      _show('The meeting cannot be reached. Check your network and try again.');
    }
  }

  Future<void> _logIn(MeetPass pass) async {
    final ready = Completer<void>();
    final settings = CallAppSettingBuilder()
      ..appId = pass.appId
      ..region = pass.region;
    if (pass.host != null) settings.host = pass.host;
    CometChatCalls.init(
      settings.build(),
      onSuccess: (_) => ready.complete(),
      onError: (error) => ready.completeError(error),
    );
    await ready.future;
    final known = Completer<void>();
    CometChatCalls.loginWithAuthToken(
      authToken: pass.authToken,
      onSuccess: (_) => known.complete(),
      onError: (error) => known.completeError(error),
    );
    await known.future;
  }

  /// Gives back nothing to wait for: the widget comes with onSuccess.
  void _join(MeetPass pass) {
    final settings = SessionSettingsBuilder()
        .setTitle('Meeting')
        .startAudioMuted(pass.onlyWatches)
        .startVideoPaused(pass.onlyWatches)
        .build();
    CometChatCalls.joinSession(
      sessionId: widget.link.sessionId,
      sessionSettings: settings,
      onSuccess: _joined,
      onError: _failed,
    );
  }

  /// There is a session only now: listeners that come earlier hear nothing.
  void _joined(Widget? call) {
    final session = CallSession.getInstance();
    if (!mounted) {
      session?.leaveSession();
      return;
    }
    _session = session;
    session?.addSessionStatusListener(this);
    session?.addButtonClickListener(this);
    setState(() => _call = call);
    CometChatOngoingCallService.launch();
  }

  void _failed(CometChatCallsException error) {
    CometChatOngoingCallService.abort();
    _show(error.message ?? 'The call could not be joined.');
  }

  void _show(String problem) {
    _close();
    if (!mounted) return;
    setState(() => _problem = problem);
  }

  /// Every end comes here. One hangup fires several of them, and only the first may close the screen.
  void _goBack() {
    if (_leaving || !mounted || !Navigator.of(context).canPop()) return;
    _leaving = true;
    CometChatOngoingCallService.abort();
    Navigator.of(context).pop();
  }

  /// The system's own back, too, ends the session before the screen.
  void _leave() {
    final session = _session;
    if (session == null) {
      _goBack();
    } else {
      session.leaveSession();
    }
  }

  void _say(String text) {
    if (!mounted) return;
    ScaffoldMessenger.of(context).showSnackBar(SnackBar(content: Text(text)));
  }

  @override
  void onSessionJoined() => CometChatOngoingCallService.launch();
  @override
  void onSessionLeft() => _goBack();
  @override
  void onConnectionClosed() => _goBack();
  @override
  void onSessionTimedOut() => _goBack();
  @override
  void onConnectionLost() => _say('Connection lost. Trying to get back…');
  @override
  void onConnectionRestored() => _say('Connected again.');

  @override
  void onLeaveSessionButtonClicked() => _session?.leaveSession();
  @override
  void onChangeLayoutButtonClicked() {}
  @override
  void onChatButtonClicked() {}
  @override
  void onParticipantListButtonClicked() {}
  @override
  void onRaiseHandButtonClicked() {}
  @override
  void onRecordingToggleButtonClicked() {}
  @override
  void onShareInviteButtonClicked() {}
  @override
  void onSwitchCameraButtonClicked() {}
  @override
  void onToggleAudioButtonClicked() {}
  @override
  void onToggleVideoButtonClicked() {}

  @override
  Widget build(BuildContext context) {
    return PopScope(
      canPop: false,
      onPopInvokedWithResult: (gone, _) {
        if (!gone) _leave();
      },
      child: Scaffold(backgroundColor: Colors.black, body: _content()),
    );
  }

  Widget _content() {
    final problem = _problem;
    if (problem != null) return _Refused(problem: problem, onBack: _goBack);
    final call = _call;
    if (call == null) return const Center(child: CircularProgressIndicator());
    return SizedBox.expand(child: call);
  }
}

class _Refused extends StatelessWidget {
  const _Refused({required this.problem, required this.onBack});

  final String problem;
  final VoidCallback onBack;

  @override
  Widget build(BuildContext context) {
    return SafeArea(
      minimum: const EdgeInsets.all(24),
      child: Center(
        child: Column(
          mainAxisSize: MainAxisSize.min,
          children: [
            Text(
              problem,
              textAlign: TextAlign.center,
              style: const TextStyle(color: Colors.white),
            ),
            TextButton(onPressed: onBack, child: const Text('Back')),
          ],
        ),
      ),
    );
  }
}
`;
