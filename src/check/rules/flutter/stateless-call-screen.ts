import { dart, type FlutterRule } from './flutter-rule.ts';

export const statelessCallScreen: FlutterRule = {
  id: 'flutter/stateless-call-screen',
  severity: 'error',
  title: 'the call screen is a StatelessWidget',
  why: 'Without a state there is nowhere to keep the session, the listeners and the flag that says one is leaving: listeners leak, and the screen is left twice.',
  fix: 'Make it a StatefulWidget, join in `initState` of its state, and give everything back in `dispose`.',
  bad: dart(`class CallScreen extends StatelessWidget {
  void join() => CometChatCalls.joinSession(sessionId: id, sessionSettings: settings, onSuccess: show, onError: fail);
}`),
  good: dart(`class CallScreen extends StatefulWidget {
  State<CallScreen> createState() => _CallScreenState();
}
class _CallScreenState extends State<CallScreen> {
  void initState() {
    super.initState();
    CometChatCalls.joinSession(sessionId: id, sessionSettings: settings, onSuccess: show, onError: fail);
  }
}`),
  check({ joins, functionAt }, report) {
    for (const join of joins) {
      const owner = functionAt(join)?.owner;
      if (owner && /^(Stateless|Consumer|Hook|HookConsumer)Widget$/.test(owner.superclass?.name ?? ''))
        report(
          join,
          `${owner.name} joins a session, but is a ${owner.superclass?.name}; only a state can give it back`,
        );
    }
  },
};
