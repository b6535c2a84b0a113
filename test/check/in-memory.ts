import { kindOfFile } from '../../src/check/project/kinds.ts';
import { createProject, type Project } from '../../src/check/project/project.ts';
import { openWeb, type Web } from '../../src/check/web/web.ts';

/** A project of files by path; those that no rule can be about are left out, as on disk. */
export function projectOf(files: Readonly<Record<string, string>>): Project {
  const known = Object.entries(files).flatMap(([path, text]) => {
    const kind = kindOfFile(path);
    return kind ? [{ path, kind, text }] : [];
  });
  return createProject('/project', known, []);
}

export function webOf(files: Readonly<Record<string, string>>): Web {
  return openWeb(projectOf(files));
}
