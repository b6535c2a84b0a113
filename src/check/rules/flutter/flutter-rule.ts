import type { DartNode } from '../../dart/syntax.ts';
import type { FlutterApp } from '../../flutter/flutter-app.ts';
import type { Edit, Rule, Severity, Span } from '../../rule.ts';

/** A place in a file that is no Dart. */
export interface Place {
  readonly path: string;
  readonly start: number;
}

export type FlutterReport = (at: DartNode | Place, message: string, fix?: readonly Edit[] | null) => void;

/** Files by their paths. */
type Files = Readonly<Record<string, string>>;

/** A rule of Flutter's, which looks at one app at a time. */
export interface FlutterRule {
  readonly id: `flutter/${string}`;
  readonly severity: Severity;
  readonly title: string;
  readonly why: string;
  readonly fix: string;
  readonly bad: Files;
  readonly good: Files;
  check(app: FlutterApp, report: FlutterReport): void;
}

/** An example of one Dart file. */
export function dart(code: string): Files {
  return { 'lib/call_screen.dart': code };
}

/** The rule as all others are. */
export function forEachApp(rule: FlutterRule): Rule {
  return {
    ...rule,
    platform: 'flutter',
    check({ flutter }, report) {
      for (const app of flutter.apps)
        rule.check(app, (at, message, fix) =>
          report('path' in at ? spanOfPlace(at) : spanOfNode(app, at), message, fix ? { fix } : {}),
        );
    },
  };
}

function spanOfPlace({ path, start }: Place): Span {
  return { file: path, start, end: start + 1 };
}

/** A long body is not underlined as a whole: its first line tells where it is. */
function spanOfNode({ dart: { sourceOf } }: FlutterApp, node: DartNode): Span {
  const { path, text } = sourceOf(node);
  const line = text.indexOf('\n', node.start);
  return { file: path, start: node.start, end: line < 0 ? node.end : Math.min(node.end, line) };
}
