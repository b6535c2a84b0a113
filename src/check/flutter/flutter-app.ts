import type { DartFunction, DartProject } from '../dart/dart-project.ts';
import { createReach, type Reach } from '../dart/reach.ts';
import { callsIn, callsStatic, type DartCall, nameChain } from '../dart/tree.ts';
import type { AndroidManifest } from '../native/android-manifest.ts';
import type { PropertyListEntry } from '../native/property-list.ts';
import type { Pubspec } from '../native/pubspec.ts';

/** A file that was read, and what was read in it. */
export interface Read<T> {
  readonly path: string;
  readonly text: string;
  readonly content: T;
}

export interface FlutterFiles {
  readonly pubspec: Read<Pubspec> | null;
  readonly manifest: Read<AndroidManifest> | null;
  readonly infoPlist: Read<ReadonlyMap<string, PropertyListEntry>> | null;
  readonly entitlements: readonly Read<ReadonlyMap<string, PropertyListEntry>>[];
}

export type Mode = 'session' | 'ringing' | 'both' | 'none';

/** One Flutter app: what is below a `pubspec.yaml`, and what rules ask of it again and again. */
export interface FlutterApp extends FlutterFiles {
  readonly dart: DartProject;
  readonly reach: Reach;
  readonly calls: readonly DartCall[];
  /** `CometChatCalls.joinSession(…)`. */
  readonly joins: readonly DartCall[];
  readonly mode: Mode;
  functionAt(call: DartCall): DartFunction | null;
}

/** What only an app that rings does. */
const RINGING = new Set(['initiateCall', 'acceptCall', 'rejectCall', 'startSession', 'addCallListener']);

export function readFlutterApp(dart: DartProject, files: FlutterFiles): FlutterApp {
  const calls = dart.sources.flatMap(({ root }) => callsIn(root));
  const joins = calls.filter(call => callsStatic(call, 'CometChatCalls', 'joinSession'));
  const rings = calls.some(doesRing);
  return {
    ...files,
    ...{ dart, calls, joins, reach: createReach(dart), mode: modeOf(joins.length > 0, rings) },
    functionAt: call => dart.functionAt(call),
  };
}

function doesRing(call: DartCall): boolean {
  const chain = nameChain(call) ?? [];
  return /^CometChat/.test(chain.at(-2) ?? '') && RINGING.has((chain.at(-1) ?? '').replace('()', ''));
}

function modeOf(joins: boolean, rings: boolean): Mode {
  if (joins) return rings ? 'both' : 'session';
  return rings ? 'ringing' : 'none';
}
