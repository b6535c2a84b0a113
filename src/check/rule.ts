import type { ts } from '@ts-morph/common';
import type { Facts } from './facts.ts';

export type Severity = 'error' | 'warning' | 'info';

/** How calls begin: by a known session id, by ringing somebody, or both in one project. */
export type Mode = 'session' | 'ringing';

/** Text to put in place of what stands between two positions of a file. */
export interface Edit {
  readonly file: string;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A part of a file, in characters from its beginning. */
export interface Span {
  readonly file: string;
  readonly start: number;
  readonly end: number;
}

export interface ReportOptions {
  /** Only where it keeps the meaning of everything else: `--fix` applies it unseen. */
  readonly fix?: readonly Edit[];
  /** Where a single finding is weaker than its rule. */
  readonly severity?: Severity;
}

/** Tells of one finding. Nodes of our own declarations are ignored. */
export type Report = (place: ts.Node | Span, message: string, options?: ReportOptions) => void;

/** One file's text, or a small project by path. A lone text is `src/example.tsx`, `lib/example.dart` or `server.ts`. */
export type Example = string | Readonly<Record<string, string>>;

export interface Rule {
  /** As in the reference's table: `web/token-logged`. */
  readonly id: string;
  readonly severity: Severity;
  readonly platform: 'web' | 'server' | 'flutter';
  /** Only in projects where this is one of the modes; always where it is left out. */
  readonly modes?: readonly Mode[];
  /** What is wrong, in one line. */
  readonly title: string;
  /** What happens to people, one to three sentences. */
  readonly why: string;
  /** What to write instead, with code where it is short. */
  readonly fix: string;
  /** Shown in docs/rules.md, and run by the tests: the one has findings of this rule alone, the other none at all. */
  readonly bad: Example;
  readonly good: Example;
  check(facts: Facts, report: Report): void;
}
