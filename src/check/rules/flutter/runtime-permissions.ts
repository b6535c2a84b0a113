import type { DartNode } from '../../dart/syntax.ts';
import { ancestors, calledName, type DartCall, findAll } from '../../dart/tree.ts';
import type { FlutterApp } from '../../flutter/flutter-app.ts';
import { dart, type FlutterRule } from './flutter-rule.ts';

const DEVICES = ['camera', 'microphone'] as const;

export const runtimePermissions: FlutterRule = {
  id: 'flutter/runtime-permissions',
  severity: 'error',
  title: 'nobody asks for camera and microphone before joining',
  why: 'Declared is not granted: who has not been asked joins without picture and sound.',
  fix: 'Await `[Permission.camera, Permission.microphone].request()` before `joinSession`.',
  bad: dart(`void join() {
  CometChatCalls.joinSession(sessionId: id, sessionSettings: settings, onSuccess: show, onError: fail);
}`),
  good: dart(`Future<void> join() async {
  await [Permission.camera, Permission.microphone].request();
  CometChatCalls.joinSession(sessionId: id, sessionSettings: settings, onSuccess: show, onError: fail);
}`),
  check(app, report) {
    for (const join of app.joins) {
      const missing = DEVICES.filter(device => !isAsked(app, join, device));
      if (missing.length > 0)
        report(join, `nobody is asked for the ${missing.join(' and the ')} before this join`);
    }
  },
};

/** Whether somewhere a permission is requested that is not behind the join in the same function. */
function isAsked(app: FlutterApp, join: DartCall, device: string): boolean {
  const here = app.functionAt(join);
  return app.calls.some(call => {
    if (calledName(call) !== 'request' || !asksFor(call, device)) return false;
    return app.functionAt(call) !== here || call.start < join.start;
  });
}

/** `Permission.camera.request()`, `[Permission.camera].request()`, `for (final each in [Permission.camera]) each.request()`. */
function asksFor(call: DartCall, device: string): boolean {
  return [call.target, ...loopsAround(call)].some(
    node => findAll(node, each => isDevice(each, device)).length > 0,
  );
}

function isDevice({ kind, name, target }: DartNode, device: string): boolean {
  return kind === 'member' && name === device && target?.name === 'Permission';
}

function loopsAround(call: DartCall): DartNode[] {
  return ancestors(call).filter(({ kind }) => kind === 'for_statement');
}
