import { findAll } from '../../dart/tree.ts';
import { dart, type FlutterRule } from './flutter-rule.ts';

const INVENTED = new Set(['CometChatOngoingCallController', 'CometChatOngoingCallView']);

export const unknownController: FlutterRule = {
  id: 'flutter/unknown-controller',
  severity: 'error',
  title: 'a controller or view that the Calls SDK does not have',
  why: '`CometChatOngoingCallController` and `CometChatOngoingCallView` were never part of the Calls SDK, though older texts name them.',
  fix: 'Show the widget that `onSuccess` brings, and leave by `CallSession.getInstance()?.leaveSession()`.',
  bad: dart(`class CallScreen extends StatefulWidget {
  final controller = CometChatOngoingCallController();
}`),
  good: dart(`void leave() {
  CallSession.getInstance()?.leaveSession();
}`),
  check({ dart: { sources, classNamed } }, report) {
    const isInvented = (name: string | undefined) =>
      name !== undefined && INVENTED.has(name) && !classNamed(name);
    for (const { root } of sources)
      for (const node of findAll(root, ({ kind, name }) => /identifier$/.test(kind) && isInvented(name)))
        report(node, `${node.name} does not exist in the Calls SDK`);
  },
};
