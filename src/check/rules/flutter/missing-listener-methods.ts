import type { DartClass, DartProject } from '../../dart/dart-project.ts';
import { lineEndOf } from '../../line-end.ts';
import type { Edit } from '../../rule.ts';
import { dart, type FlutterRule } from './flutter-rule.ts';

const MEMBERS: Readonly<Record<string, readonly string[]>> = {
  SessionStatusListeners: [
    'onSessionJoined',
    'onSessionLeft',
    'onConnectionClosed',
    'onConnectionLost',
    'onConnectionRestored',
    'onSessionTimedOut',
  ],
  ButtonClickListeners: [
    'onLeaveSessionButtonClicked',
    'onChangeLayoutButtonClicked',
    'onChatButtonClicked',
    'onParticipantListButtonClicked',
    'onRaiseHandButtonClicked',
    'onRecordingToggleButtonClicked',
    'onShareInviteButtonClicked',
    'onSwitchCameraButtonClicked',
    'onToggleAudioButtonClicked',
    'onToggleVideoButtonClicked',
  ],
};

const all = MEMBERS.SessionStatusListeners ?? [];
const listening = (methods: readonly string[]) =>
  dart(`class _CallScreenState extends State<CallScreen> implements SessionStatusListeners {
${methods.map(name => `  void ${name}() {}\n`).join('')}}`);

export const missingListenerMethods: FlutterRule = {
  id: 'flutter/missing-listener-methods',
  severity: 'error',
  title: 'a listener lacks methods of its interface',
  why: 'Both interfaces are implemented, not extended: Dart does not compile a class that leaves one of their methods out.',
  fix: 'Write all of them; an empty body will do.',
  bad: listening(all.slice(0, 2)),
  good: listening(all),
  check({ dart: project }, report) {
    for (const one of project.classes)
      for (const name of one.interfaces) {
        const wanted = MEMBERS[name];
        if (!wanted || isAbstract(one)) continue;
        const missing = wanted.filter(member => !hasMethod(project, one, member));
        if (missing.length > 0)
          report(
            one.node,
            `${one.name} implements ${name} without ${missing.join(', ')}`,
            fixOf(one, missing),
          );
      }
  },
};

/** What ends a call, or the screen with it: an empty body would keep people in it. */
const ENDING = new Set([
  'onSessionLeft',
  'onConnectionClosed',
  'onSessionTimedOut',
  'onLeaveSessionButtonClicked',
]);

/** Empty bodies, where nothing has to happen in them. Without them the class does not compile. */
function fixOf({ node, source: { path, text } }: DartClass, missing: readonly string[]): Edit[] | null {
  const at = node.end - 1;
  if (text[at] !== '}' || missing.some(name => ENDING.has(name))) return null;
  const end = lineEndOf(text);
  const methods = missing.map(name => `${end}  @override${end}  void ${name}() {}${end}`);
  return [{ file: path, start: at, end: at, text: methods.join('') }];
}

function isAbstract({ node }: DartClass): boolean {
  return node.children.some(({ kind }) => kind === 'abstract');
}

/** What a mixin or a superclass outside of the project brings is not known, and not held against anybody. */
function hasMethod(project: DartProject, one: DartClass, name: string): boolean {
  if (one.methods.has(name) || one.methods.has('noSuchMethod')) return true;
  const above = [...one.mixins, one.superclass?.name].filter(parent => parent !== undefined);
  return above.some(parent => {
    const known = project.classNamed(parent);
    if (known && known !== one) return hasMethod(project, known, name);
    return one.mixins.includes(parent) && !KNOWN_MIXINS.test(parent);
  });
}

/** Of Flutter's own. */
const KNOWN_MIXINS =
  /^(WidgetsBindingObserver|(Single)?TickerProviderStateMixin|AutomaticKeepAliveClientMixin|RestorationMixin|RouteAware)$/;
