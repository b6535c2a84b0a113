import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Project, readProject } from '../../src/check/project/project.ts';

const home = fileURLToPath(new URL('../fixtures/check', import.meta.url));

/** A small whole project, in `<platform>/<rule>/bad-1-word` or `good-…`. */
export interface Fixture {
  readonly ruleId: string;
  /** `bad-1-word`. */
  readonly name: string;
  readonly bad: boolean;
  readonly folder: string;
}

export function listFixtures(): Fixture[] {
  return folders(home).flatMap(platform =>
    folders(join(home, platform)).flatMap(rule =>
      folders(join(home, platform, rule)).map(name => ({
        ruleId: `${platform}/${rule}`,
        name,
        bad: name.startsWith('bad-'),
        folder: join(home, platform, rule, name),
      })),
    ),
  );
}

function folders(path: string): string[] {
  const entries = readdirSync(path, { withFileTypes: true });
  return entries.filter(entry => entry.isDirectory()).map(({ name }) => name);
}

export const openFixture = ({ folder }: Fixture): Project => readProject(folder);

/**
 * The marks `expect: <rule id>` in a project's comments, as `file:line id`. A comment at the end of a line is about that
 * line, one that stands alone about the next.
 */
export function expectations({ files }: Project): string[] {
  return [...files.values()].flatMap(({ path, text }) =>
    text.split('\n').flatMap((line, index, lines) => {
      const ids = /(?:\/\/|\/\*|<!--|#)\s*expect: ([\w/, -]+?)\s*(?:\*\/\}?|-->|$)/.exec(line)?.[1];
      if (!ids) return [];
      const alone = /^\s*(?:\{?\/\*|\/\/|<!--|#)/.test(line);
      return ids
        .split(/,\s*/)
        .map(id => `${path}:${index + (alone && index + 1 < lines.length ? 2 : 1)} ${id}`);
    }),
  );
}
