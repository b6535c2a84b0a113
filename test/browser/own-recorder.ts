import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { createRecorder } from '../../src/smoke/evidence/recorder.ts';
import type { Watcher } from '../../src/smoke/watcher.ts';

/** What `meet smoke --report` watches a run with. */
export async function createOwnRecorder(
  folder: string,
  onTrouble: (words: string) => void,
): Promise<Watcher> {
  const [style = '', script = ''] = await Promise.all(
    ['css', 'js'].map(ext =>
      readFile(fileURLToPath(new URL(`../../dist/smoke/report.${ext}`, import.meta.url)), 'utf8'),
    ),
  );
  const versions = { meet: '0.0.0', node: '20', system: 'test' };
  return createRecorder({ folder, view: { style, script }, versions, now: Date.now, onTrouble });
}
