import type { DartClass, DartFunction, DartProject } from '../dart/dart-project.ts';
import { findMethod, type Reach, type Way } from '../dart/reach.ts';
import type { DartNode } from '../dart/syntax.ts';
import {
  ancestors,
  argument,
  calledName,
  callsIn,
  callsStatic,
  type DartCall,
  nameChain,
} from '../dart/tree.ts';
import type { FlutterApp } from './flutter-app.ts';

/** The listeners that one hangup fires one after the other. */
export const TERMINATIONS = ['onSessionLeft', 'onConnectionClosed', 'onSessionTimedOut'] as const;
export const LEAVE_BUTTON = 'onLeaveSessionButtonClicked';

/** What is called when a screen or its controller goes: Flutter's, GetX's, and bloc's name for it. */
const ENDINGS = ['dispose', 'onClose', 'close'];
/** What is called before anything was joined. */
const BEGINNINGS = ['initState', 'onInit', 'onReady', 'didChangeDependencies', 'build'];

/** Whether a call takes a route off the navigator. */
export function isPop(call: DartCall): boolean {
  const chain = nameChain(call) ?? [];
  const name = calledName(call);
  if (name === 'back') return chain[0] === 'Get';
  return (name === 'pop' || name === 'maybePop') && call.target.kind === 'member';
}

export function isSetState(call: DartCall): boolean {
  return calledName(call) === 'setState';
}

export function callsService(call: DartCall, member: 'launch' | 'abort'): boolean {
  return callsStatic(call, 'CometChatOngoingCallService', member);
}

/** A widget's state has `mounted`, and nothing else has. */
export function isWidgetState({ superclass }: DartClass): boolean {
  return superclass !== null && /State$/.test(superclass.name) && superclass.of.length > 0;
}

/** What runs when its owner goes. */
export type Ending = Pick<DartFunction, 'node' | 'body'>;

/**
 * Methods of these names, its own and inherited ones, and what is given to Riverpod's `ref.onDispose(…)`. What has none, as a
 * service that lives as long as the app, may be ended by any other class that goes.
 */
export function endingsOf(owner: DartClass, { dart, reach }: FlutterApp): Ending[] {
  const own = ownEndings(owner, dart, reach);
  return own.length > 0 || isWidgetState(owner)
    ? own
    : dart.classes.flatMap(each => ownEndings(each, dart, reach));
}

function ownEndings(owner: DartClass, dart: DartProject, reach: Reach): Ending[] {
  const given = callsIn(owner.node).filter(
    call => calledName(call) === 'onDispose' && call.target.kind === 'member',
  );
  return [
    ...ENDINGS.flatMap(name => findMethod(dart, owner, name) ?? []),
    ...given.flatMap(call =>
      call.args.map(({ value }) => {
        const body = value.kind === 'closure' ? value : (reach.resolve(value)?.body ?? value);
        return { node: call, body };
      }),
    ),
  ];
}

export function beginningsOf(owner: DartClass): DartFunction[] {
  return [...BEGINNINGS, owner.name].flatMap(name => owner.methods.get(name) ?? []);
}

/** The code that is given as `onSuccess` or `onError`: a closure's, or that of the function named there. */
export function callbackOf(app: FlutterApp, join: DartCall, label: 'onSuccess' | 'onError'): DartNode | null {
  const given = argument(join, label);
  if (!given) return null;
  return given.kind === 'closure' ? given : (app.reach.resolve(given)?.body ?? null);
}

/** Whether a way goes through a callback: it is not come to at once. */
export function passesCallback(way: Way): boolean {
  return way.some(step => isGiven(step) || ancestors(step).some(at => at.kind === 'closure' && isGiven(at)));
}

function isGiven(node: DartNode): boolean {
  return node.parent?.args?.some(({ value }) => value === node) ?? false;
}
