import ignore, { type Ignore } from 'ignore';

interface IgnoreFile {
  /** Relative to the project, ends in a slash; '' for the project itself. */
  readonly folder: string;
  readonly rules: Ignore;
}

/** What version control leaves out, by the `.gitignore` files met on the way down. */
export type Ignored = readonly IgnoreFile[];

export function addIgnoreFile(ignored: Ignored, folder: string, text: string): Ignored {
  return [...ignored, { folder: folder === '' ? '' : `${folder}/`, rules: ignore().add(text) }];
}

/** `path` ends in a slash where it is a folder's: patterns like `logs/` match nothing else. */
export function isIgnored(ignored: Ignored, path: string): boolean {
  // The innermost file that says anything decides, as in git.
  for (const { folder, rules } of [...ignored].reverse()) {
    const verdict = rules.test(path.slice(folder.length));
    if (verdict.ignored) return true;
    if (verdict.unignored) return false;
  }
  return false;
}
