import { execFile } from 'node:child_process';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { MeetError } from '../core/errors.ts';
import { readOrNull } from './once-file.ts';

export interface ProjectName {
  readonly name: string;
  /** In words, to be told: a room that nobody named must not be a surprise. */
  readonly source: string;
}

function readPackageName(dir: string): string | null {
  const file = join(dir, 'package.json');
  const text = readOrNull(file);
  if (text === null) return null;
  try {
    const { name } = JSON.parse(text);
    return typeof name === 'string' && name.trim() ? name : null;
  } catch (cause) {
    throw new MeetError('BAD_CONFIG', `${file} is not valid JSON; mend it, or name the team with --id.`, {
      cause,
    });
  }
}

async function readRemoteName(dir: string): Promise<string | null> {
  try {
    const { stdout } = await promisify(execFile)('git', ['-C', dir, 'config', '--get', 'remote.origin.url']);
    // git@host:team/web.git, https://host/team/web/
    return /([^/:]+?)(\.git)?\/*$/.exec(stdout.trim())?.[1] ?? null;
  } catch {
    // No git, no repository, or no remote of this name.
    return null;
  }
}

/** What a project is called: by its package.json, else by its git remote, else by its folder. Throws `BAD_CONFIG`. */
export async function findProjectName(dir: string): Promise<ProjectName> {
  const name = readPackageName(dir);
  if (name) return { name, source: 'from package.json' };
  const remote = await readRemoteName(dir);
  if (remote) return { name: remote, source: 'from the git remote' };
  return { name: basename(dir), source: 'from the folder' };
}
