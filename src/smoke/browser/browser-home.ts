import { access, constants, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MeetError } from '../../core/errors.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Makes the folder in which one browser keeps what it would strew over the user's; whoever made it removes it. */
export async function makeBrowserHome(): Promise<string> {
  try {
    return await mkdtemp(join(tmpdir(), 'meet-browser-'));
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    const words = `${tmpdir()} takes no files (${code}); set TMPDIR to a folder that does.`;
    throw new MeetError('BAD_CONFIG', words, { cause });
  }
}

/**
 * A browser's environment: the user's, but that Chromium's settings and the sound library's folders are in `home`, and the
 * browser's whole home too where the user's takes no files. Without our own variables: some are secrets.
 */
export async function browserEnvironment(env: Environment, home: string): Promise<Environment> {
  const kept = Object.fromEntries(Object.entries(env).filter(([name]) => !/^(MEET|COMETCHAT)_/.test(name)));
  const homeless = !(await isWritable(env.HOME));
  return {
    ...kept,
    XDG_CONFIG_HOME: home,
    PULSE_RUNTIME_PATH: join(home, 'pulse'),
    // Where it stands, the caches of fonts and shaders in it make the start faster.
    ...(homeless && { HOME: home, XDG_CACHE_HOME: home, XDG_DATA_HOME: home }),
  };
}

async function isWritable(folder: string | undefined): Promise<boolean> {
  if (!folder) return false;
  return access(folder, constants.W_OK).then(
    () => true,
    () => false,
  );
}
