import { readFlutterApps } from '../../../src/check/flutter/read-flutter.ts';
import type { Example } from '../../../src/check/rules/flutter/flutter-rule.ts';
import { FLUTTER_RULES } from '../../../src/check/rules/flutter/flutter-rules.ts';
import { parseDart } from '../dart/dart-run.ts';

/** `lib/call_screen.dart:3 flutter/unguarded-pop`, sorted. */
export function findIn(files: Example): string[] {
  const { apps } = readFlutterApps(new Map(Object.entries(files)), parseDart);
  const found: string[] = [];
  for (const app of apps)
    for (const rule of FLUTTER_RULES)
      rule.check(app, at => {
        const path = 'path' in at ? at.path : app.dart.sourceOf(at).path;
        const line = (files[path] ?? '').slice(0, at.start).split('\n').length;
        found.push(`${path}:${line} ${rule.id}`);
      });
  return found.sort();
}
