import type { FlutterFiles } from '../../flutter/flutter-app.ts';
import { lineEndOf } from '../../line-end.ts';
import type { Edit } from '../../rule.ts';
import { dart, type FlutterRule } from './flutter-rule.ts';

const NEEDED = [
  'CAMERA',
  'RECORD_AUDIO',
  'FOREGROUND_SERVICE',
  'FOREGROUND_SERVICE_MEDIA_PROJECTION',
  'FOREGROUND_SERVICE_MICROPHONE',
] as const;
const PATH = 'android/app/src/main/AndroidManifest.xml';

const join = dart(
  'void join() => CometChatCalls.joinSession(sessionId: id, sessionSettings: settings, onSuccess: show, onError: fail);',
);

function manifest(permissions: readonly string[]): string {
  const lines = permissions.map(name => `  <uses-permission android:name="android.permission.${name}" />\n`);
  return `<manifest xmlns:android="http://schemas.android.com/apk/res/android">\n${lines.join('')}</manifest>\n`;
}

export const androidPermissions: FlutterRule = {
  id: 'flutter/android-permissions',
  severity: 'error',
  title: 'Android is not told of camera, microphone or the services of a call',
  why: 'Without the first two there is no picture and no sound; without the others Android 14 ends the service of the ongoing call, and the call with it.',
  fix: 'Declare all five in the manifest.',
  bad: { ...join, [PATH]: manifest(['CAMERA', 'RECORD_AUDIO']) },
  good: { ...join, [PATH]: manifest(NEEDED) },
  check({ manifest: read, joins }, report) {
    if (!read || joins.length === 0) return;
    const missing = NEEDED.filter(name => !read.content.permissions.includes(`android.permission.${name}`));
    if (missing.length > 0)
      report(
        { path: read.path, start: read.content.start },
        `a call needs ${missing.map(name => `android.permission.${name}`).join(', ')} here`,
        fixOf(read, missing),
      );
  },
};

/** One line for each, above those that are there. Whoever took one back had a reason, and mends it by hand. */
function fixOf(
  { path, text, content: { entry, removed } }: NonNullable<FlutterFiles['manifest']>,
  missing: readonly string[],
): Edit[] | null {
  if (entry === null || missing.some(name => removed.includes(`android.permission.${name}`))) return null;
  const before = text.slice(text.lastIndexOf('\n', entry - 1) + 1, entry);
  const indent = before.trim() === '' ? before : '';
  const lines = missing.map(
    name => `<uses-permission android:name="android.permission.${name}" />${lineEndOf(text)}${indent}`,
  );
  return [{ file: path, start: entry, end: entry, text: lines.join('') }];
}
