import { checkProject } from '../../../src/check/check-project.ts';
import { FLUTTER_RULES } from '../../../src/check/rules/flutter/flutter-rules.ts';
import { parseDart } from '../dart/dart-run.ts';
import { projectOf } from '../in-memory.ts';

/** `lib/call_screen.dart:3 flutter/unguarded-pop`, by file and place. */
export function findIn(files: Readonly<Record<string, string>>): string[] {
  const { findings } = checkProject(projectOf(files), { rules: FLUTTER_RULES, parseDart });
  return findings.map(({ file, line, ruleId }) => `${file}:${line} ${ruleId}`);
}
