import { adminUrl } from '../core/links.ts';
import { openInBrowser } from './browser.ts';
import type { RunningServer } from './compose.ts';
import type { Command, Context } from './context.ts';
import { findUnknownNames } from './env/unknown-names.ts';
import { stayInForeground } from './foreground.ts';
import { isLogging, withLogNotes } from './log-notes.ts';
import { noteTls } from './note-tls.ts';
import { describeOwnApp, noteOwnApp } from './own-app.ts';
import { noteServer, type ServingFlags, serveProject } from './serving.ts';

export interface ServeFlags extends ServingFlags {
  readonly open?: boolean;
  readonly keys?: boolean;
  readonly admin?: boolean;
  readonly qr?: boolean;
  readonly json?: boolean;
}

/** `meet serve`: serves until it is stopped. */
export const serve: Command<ServeFlags> = async (asked, flags) => {
  const context = withLogNotes(asked);
  noteUnknown(context);
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
      const link = await adminLink(context, server, flags);
      const said = { ...describe(context, server), ...(flags.admin && { adminUrl: link }), ownApp };
      context.out.line(flags.json ? JSON.stringify(said) : server.url);
      noteServer(context, server, { ...flags, adminUrl: flags.open && !flags.admin ? null : link });
      await noteTls(context, server, flags.qr ?? false);
      // Lines to paste: nobody pastes from a log, and --json has them.
      if (ownApp && !isLogging(context.settings.env)) noteOwnApp(context, ownApp);
      if (flags.open) await openInBrowser(context, link ?? server.local);
    },
  );
};

/** Whoever has a name wrong would else believe that it counts. */
function noteUnknown({ notes, settings }: Context): void {
  for (const { name, fix } of findUnknownNames(settings.env))
    notes.line(notes.style('yellow', `${name} is not known; ${fix}`));
}

/**
 * The link that makes whoever follows it admin; null where nobody sits to follow it: it must not end up in the log of a
 * pipeline, unless somebody asked for it.
 */
async function adminLink(
  { io, settings }: Context,
  server: RunningServer,
  flags: ServeFlags,
): Promise<string | null> {
  if (!flags.admin && !flags.open && io.stderr.isTTY !== true) return null;
  return adminUrl(settings.url ?? server.local, (await server.adminCodes.renew()).code);
}

function describe({ folder }: Context, { url, local, backend, strict, sdk, tls }: RunningServer) {
  const { name, version, source } = sdk;
  const said = {
    url,
    local,
    pid: process.pid,
    backend,
    strict,
    sdk: { name, version, source },
    dataDir: folder.path,
  };
  if (!tls) return said;
  const { by, file, fingerprint } = tls.trust;
  return { ...said, tls: { certFile: tls.certFile, by, caFile: file, fingerprint } };
}
