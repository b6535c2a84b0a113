import { openInBrowser } from './browser.ts';
import type { RunningServer } from './compose.ts';
import type { Command, Context } from './context.ts';
import { stayInForeground } from './foreground.ts';
import { describeOwnApp, noteOwnApp } from './own-app.ts';
import { noteServer, type ServingFlags, serveProject } from './serving.ts';

export interface ServeFlags extends ServingFlags {
  readonly open?: boolean;
  readonly keys?: boolean;
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
      const ownApp = describeOwnApp(server, { keys: flags.keys ?? false });
      context.out.line(flags.json ? JSON.stringify({ ...describe(context, server), ownApp }) : server.url);
      noteServer(context, server, flags);
      if (ownApp) noteOwnApp(context, ownApp);
      if (flags.open) await openInBrowser(context, server.url);
    },
  );
};

function describe({ folder }: Context, { url, backend, strict, sdk, tls }: RunningServer) {
  const { name, version, source } = sdk;
  const said = {
    url,
    pid: process.pid,
    backend,
    strict,
    sdk: { name, version, source },
    dataDir: folder.path,
  };
  return { ...said, ...(tls && { tls }) };
}
