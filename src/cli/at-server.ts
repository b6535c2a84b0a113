import type { Context } from './context.ts';
import { EXIT_OK } from './exit-codes.ts';
import { findServer } from './find-server.ts';
import { stayInForeground } from './foreground.ts';
import { chooseRemote } from './remote.ts';
import type { ServingFlags } from './serving.ts';

/**
 * Does `work` with what links start with, if this project's server says it: at the server that runs, or at one that is
 * started here and stays until it is stopped, or until `work` says that nobody needs it any more. Gives the exit code.
 */
export async function atServer(
  context: Context,
  flags: ServingFlags,
  work: (served?: string) => Promise<'stay' | 'over'>,
): Promise<number> {
  if (chooseRemote(context)) {
    await work();
    return EXIT_OK;
  }
  const running = await findServer(context.folder);
  if (running) {
    await work(context.settings.url ?? running);
    return EXIT_OK;
  }
  context.notes.line('No server runs for this project; serving here until Ctrl-C.');
  // Only here: with a server that runs, the link is all there is to do, and the server's code is large.
  const [{ noteServer, serveProject }, { noteTls }] = await Promise.all([
    import('./serving.ts'),
    import('./note-tls.ts'),
  ]);
  return stayInForeground(
    context,
    () => serveProject(context, flags),
    async server => {
      noteServer(context, server, flags);
      await noteTls(context, server, false);
      return work(context.settings.url ?? server.url);
    },
  );
}
