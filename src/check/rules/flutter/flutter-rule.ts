import type { DartNode } from '../../dart/syntax.ts';
import type { FlutterApp } from '../../flutter/flutter-app.ts';

/** Files by their paths. */
export type Example = Readonly<Record<string, string>>;

/** A place in a file that is no Dart. */
export interface Place {
  readonly path: string;
  readonly start: number;
}

export type Report = (at: DartNode | Place, message: string) => void;

export interface FlutterRule {
  readonly id: `flutter/${string}`;
  readonly severity: 'error' | 'warning' | 'info';
  /** Whether it holds only for apps that never ring. */
  readonly sessionOnly?: boolean;
  /** One line: what is right. */
  readonly title: string;
  readonly why: string;
  readonly fix: string;
  readonly bad: Example;
  readonly good: Example;
  check(app: FlutterApp, report: Report): void;
}

/** An example of one Dart file. */
export function dart(code: string): Example {
  return { 'lib/call_screen.dart': code };
}
