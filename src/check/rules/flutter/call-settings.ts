import { nameChain } from '../../dart/tree.ts';
import { dart, type FlutterRule } from './flutter-rule.ts';

const OTHERS = new Set(['CallSettings()', 'CallSettingsBuilder()']);

export const callSettings: FlutterRule = {
  id: 'flutter/call-settings',
  severity: 'error',
  title: 'a session is set up by the settings of a call that rings',
  why: '`CallSettings` belongs to calls that ring. A session does not take it.',
  fix: 'Write `SessionSettingsBuilder()…build()`.',
  bad: dart(`final settings = CallSettings(sessionType: 'video', layout: 'tile');
void join() => CometChatCalls.joinSession(sessionId: id, sessionSettings: settings, onSuccess: show, onError: fail);`),
  good: dart(`final settings = SessionSettingsBuilder().setTitle('Review').startAudioMuted(false).build();
void join() => CometChatCalls.joinSession(sessionId: id, sessionSettings: settings, onSuccess: show, onError: fail);`),
  check({ calls, joins, mode, functionAt }, report) {
    if (mode === 'none' || mode === 'ringing') return;
    const owners = new Set(joins.map(join => functionAt(join)?.owner ?? null));
    const ofSession = (call: (typeof calls)[number]) =>
      mode === 'session' || owners.has(functionAt(call)?.owner ?? null);
    for (const call of calls) {
      const [first] = nameChain(call) ?? [];
      const isCreation = nameChain(call)?.length === 1;
      if (isCreation && OTHERS.has(first ?? '') && ofSession(call))
        report(
          call,
          `${first?.replace('()', '')} is for calls that ring; a session takes SessionSettingsBuilder()…build()`,
        );
    }
  },
};
