import type { ParseDart } from './dart/parse-dart.ts';
import { type Facts, gatherFacts } from './facts.ts';
import type { Finding } from './finding.ts';
import { type Level, severityOf } from './levels.ts';
import { lineStarts, positionAt } from './positions.ts';
import { isStackEnd } from './project/nesting.ts';
import type { Note } from './project/note.ts';
import type { Project } from './project/project.ts';
import type { Report, Rule, Severity, Span } from './rule.ts';
import { suppress } from './suppress.ts';

export interface CheckOptions {
  readonly rules: readonly Rule[];
  /** By rule id, from `meet.config.json`. */
  readonly levels?: Readonly<Record<string, Level>>;
  /** Where there is Dart to read; loaded before, since it takes a while. */
  readonly parseDart?: ParseDart | null;
}

export interface CheckResult {
  /** By file, then by place. */
  readonly findings: readonly Finding[];
  readonly notes: readonly Note[];
  readonly summary: Summary;
}

export interface Summary {
  readonly files: number;
  readonly errors: number;
  readonly warnings: number;
  readonly infos: number;
  /** Findings that a comment in the code holds back. */
  readonly suppressed: number;
}

/** Runs rules over a project. Never throws for what is in its files. */
export function checkProject(
  project: Project,
  { rules, levels = {}, parseDart = null }: CheckOptions,
): CheckResult {
  const facts = gatherFacts(project, parseDart);
  const active = rules.filter(rule => severityOf(rule, levels) !== 'off');
  const stopped: Note[] = [];
  const all = active.flatMap(rule => runRule(rule, facts, severityOf(rule, levels), stopped));
  const known = new Set(rules.map(({ id }) => id));
  const { findings, notes, suppressed } = suppress(project, sortFindings(all), known);
  return {
    findings,
    notes: eachOnce([
      ...project.notes,
      ...facts.web.program.notes,
      ...facts.markup.notes,
      ...facts.styles.notes,
      ...facts.flutter.notes,
      ...stopped,
      ...notes,
    ]),
    summary: count(project.files.size, findings, suppressed),
  };
}

function runRule(rule: Rule, facts: Facts, level: Level, notes: Note[]): Finding[] {
  if (rule.modes && !rule.modes.some(mode => facts.modes.has(mode))) return [];
  const findings: Finding[] = [];
  const seen = new Set<string>();
  const report: Report = (place, message, { fix, severity } = {}) => {
    const span = 'kind' in place ? spanOf(place, facts) : place;
    const key = span && `${span.file}:${span.start}:${message}`;
    if (!span || !key || seen.has(key)) return;
    seen.add(key);
    findings.push(
      describe(rule, level === rule.severity && severity ? severity : level, span, message, facts, fix),
    );
  };
  try {
    rule.check(facts, report);
  } catch (error) {
    if (!isStackEnd(error)) throw error;
    notes.push({ file: '.', message: `${rule.id} gave up: something is nested too deeply for it` });
  }
  return findings;
}

/** More than one reader may stumble over the same file. */
function eachOnce(notes: readonly Note[]): Note[] {
  return [...new Map(notes.map(note => [`${note.file}:${note.line}:${note.message}`, note])).values()];
}

function spanOf(node: Extract<Parameters<Report>[0], { kind: unknown }>, { web }: Facts): Span | null {
  const file = web.program.pathOf(node);
  return file === null ? null : { file, start: node.getStart(), end: node.getEnd() };
}

function describe(
  { id }: Rule,
  severity: Level,
  span: Span,
  message: string,
  { project }: Facts,
  fix: Finding['fix'],
): Finding {
  const starts = lineStarts(project.files.get(span.file)?.text ?? '');
  const [from, to] = [positionAt(starts, span.start), positionAt(starts, span.end)];
  return {
    ruleId: id,
    severity: severity as Severity,
    file: span.file,
    line: from.line,
    column: from.column,
    endLine: to.line,
    endColumn: to.column,
    start: span.start,
    end: span.end,
    message,
    ...(fix && { fix }),
  };
}

function sortFindings(findings: readonly Finding[]): Finding[] {
  const order = (a: Finding, b: Finding) =>
    a.file < b.file ? -1 : a.file > b.file ? 1 : a.start - b.start || (a.ruleId < b.ruleId ? -1 : 1);
  return [...findings].sort(order);
}

/** The same result with fewer findings. */
export function withFindings(result: CheckResult, findings: readonly Finding[]): CheckResult {
  const { files, suppressed } = result.summary;
  return { ...result, findings, summary: count(files, findings, suppressed) };
}

function count(files: number, findings: readonly Finding[], suppressed: number): Summary {
  const of = (severity: Severity) => findings.filter(each => each.severity === severity).length;
  return {
    files,
    errors: of('error'),
    warnings: of('warning'),
    infos: of('info'),
    suppressed,
  };
}
