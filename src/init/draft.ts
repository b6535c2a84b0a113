import type { FileChange, InitPlan } from './file-change.ts';
import type { Tree } from './tree.ts';

/** Collects what is to be written, from what is there; nothing is written by it. */
export interface Draft {
  /**
   * A file of ours. Where it is there with another text somebody changed it, and it is kept as it is, unless that was
   * forced; the same text is no change.
   */
  put(path: string, text: string): void;
  /**
   * A part in a file of theirs. `edit` gives its new text, the same text where the part is in it already, or null where it finds
   * no place for it; false is answered then, or where there is no such file.
   */
  edit(path: string, edit: (text: string) => string | null): boolean;
  /** Something that is left to people, in a line. */
  step(line: string): void;
  plan(): InitPlan;
}

export function createDraft(tree: Tree, { force = false }: { force?: boolean } = {}): Draft {
  const changes = new Map<string, FileChange>();
  const kept: string[] = [];
  const steps: string[] = [];

  function change(path: string, before: string | null, after: string): void {
    if (before === after) changes.delete(path);
    else changes.set(path, { path, before, after });
  }

  return {
    put(path, text) {
      const before = tree.read(path);
      if (before !== null && before !== text && !force) kept.push(path);
      else change(path, before, text);
    },
    edit(path, edit) {
      const before = tree.read(path);
      // What an earlier edit of the same file made of it.
      const now = changes.get(path)?.after ?? before;
      const after = now === null ? null : edit(now);
      if (after !== null) change(path, before, after);
      return after !== null;
    },
    step: line => void steps.push(line),
    plan: () => ({ changes: [...changes.values()], kept, steps }),
  };
}
