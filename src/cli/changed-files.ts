import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { MeetError } from '../core/errors.ts';

const run = promisify(execFile);

/**
 * What git says is changed below a folder since a commit (a branch: since they parted), and what it does not know yet; relative to
 * the folder, with slashes.
 * @throws MeetError BAD_REQUEST where there is no git, no repository or no such commit.
 */
export async function listChangedFiles(folder: string, since: string): Promise<ReadonlySet<string>> {
  // After `--end-of-options` nothing is taken for a flag, whatever it looks like.
  const commit = (
    await git(folder, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${since}^{commit}`], since)
  ).trim();
  const base = (await git(folder, ['merge-base', commit, 'HEAD'], since)).trim();
  const lists = await Promise.all([
    git(folder, ['diff', '--name-only', '--relative', '--diff-filter=d', '-z', base], since),
    git(folder, ['ls-files', '--others', '--exclude-standard', '-z'], since),
  ]);
  return new Set(lists.flatMap(list => list.split('\0')).filter(Boolean));
}

async function git(folder: string, args: readonly string[], since: string): Promise<string> {
  try {
    const { stdout } = await run('git', ['-C', folder, ...args], { maxBuffer: 64 * 1024 * 1024 });
    return stdout;
  } catch (error) {
    const { code } = error as { code?: unknown };
    if (code === 'ENOENT')
      throw new MeetError('BAD_REQUEST', '--changed asks git, which is not installed.', { cause: error });
    throw new MeetError(
      'BAD_REQUEST',
      `--changed needs a git repository with a commit ${since}; name another, or leave --changed out.`,
      { cause: error },
    );
  }
}
