import { openInBrowser } from './browser.ts';
import type { RunningServer } from './compose.ts';
import type { Command, Context } from './context.ts';
import { stayInForeground } from './foreground.ts';
import { noteServer, type ServingFlags, serveProject } from './serving.ts';

export interface ServeFlags extends ServingFlags {
  readonly open?: boolean;
  readonly json?: boolean;
}

/** `meet serve`: serves until it is stopped. */
export const serve: Command<ServeFlags> = async (context, flags) => {
  const other = context.folder.runningServer();
  if (other) {
    const { notes } = context;
    notes.line(
      notes.style('yellow', `Another server (pid ${other.pid}) serves these meetings at ${other.url};`),
    );
    notes.line(notes.style('yellow', 'people meet only when they use the same one.'));
  }
  return stayInForeground(
    context,
    () => serveProject(context, flags),
    async server => {
      context.out.line(flags.json ? JSON.stringify(describe(context, server)) : server.url);
      noteServer(context, server, flags);
      if (flags.open) await openInBrowser(context, server.url);
    },
  );
};

function describe({ folder }: Context, { url, backend, strict, sdk }: RunningServer) {
  const { name, version, source } = sdk;
  return { url, pid: process.pid, backend, strict, sdk: { name, version, source }, dataDir: folder.path };
}
