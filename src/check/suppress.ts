import type { Finding } from './finding.ts';
import { lineStarts, positionAt } from './positions.ts';
import type { Note } from './project/note.ts';
import type { Project } from './project/project.ts';

const MARK = 'meet-check-disable-next-line';

interface Suppression {
  readonly file: string;
  /** The line that it is about. */
  readonly line: number;
  readonly ids: ReadonlySet<string>;
}

interface Suppressed {
  readonly findings: readonly Finding[];
  readonly notes: readonly Note[];
  readonly suppressed: number;
}

/**
 * Takes away the findings that the line above them asks to, with a reason:
 * `// meet-check-disable-next-line web/token-logged -- a test account's`. Of comments without a reason or with ids
 * that do not exist there is a note, and they hold nothing back.
 */
export function suppress(
  project: Project,
  findings: readonly Finding[],
  known: ReadonlySet<string>,
): Suppressed {
  const notes: Note[] = [];
  const all = [...project.files.values()].flatMap(({ path, text }) =>
    text.includes(MARK) ? readComments(path, text, known, notes) : [],
  );
  const held = (finding: Finding) =>
    all.some(
      ({ file, line, ids }) => file === finding.file && line === finding.line && ids.has(finding.ruleId),
    );
  const kept = findings.filter(finding => !held(finding));
  return { findings: kept, notes, suppressed: findings.length - kept.length };
}

function readComments(file: string, text: string, known: ReadonlySet<string>, notes: Note[]): Suppression[] {
  const starts = lineStarts(text);
  const found: Suppression[] = [];
  for (let at = text.indexOf(MARK); at >= 0; at = text.indexOf(MARK, at + 1)) {
    const { line } = positionAt(starts, at);
    const start = starts[line - 1] ?? 0;
    // The same form in every language, so the comment's own beginning is all that differs.
    if (!/(?:\/\/|\/\*|<!--|#)\s*$/.test(text.slice(start, at))) continue;
    const { ids, complaints } = readWords(text.slice(at + MARK.length, starts[line]), known);
    notes.push(...complaints.map(message => ({ file, line, message })));
    if (complaints.length === 0) found.push({ file, line: line + 1, ids });
  }
  return found;
}

function readWords(rest: string, known: ReadonlySet<string>): { ids: Set<string>; complaints: string[] } {
  const words = rest.replace(/\*\/\}?\s*$|-->\s*$/, '').trim();
  const [list = '', reason = ''] = words.split(/(?:^|\s+)--\s*/, 2);
  const ids = list.split(/[\s,]+/).filter(id => id !== '' && id !== '--');
  const complaints = ids.filter(id => !known.has(id)).map(id => `${MARK} names ${id}, which is no rule`);
  if (ids.length === 0) complaints.push(`${MARK} names no rule`);
  else if (reason.trim() === '')
    complaints.push(`${MARK} ${ids.join(' ')} gives no reason; write it after --`);
  return { ids: new Set(ids), complaints };
}
