import { DEFAULT_PORT, type RunningServer, startServer } from './compose.ts';
import type { Context } from './context.ts';
import { readAdminKey } from './env/database.ts';
import { EVERYWHERE, isLoopback } from './host-name.ts';
import { isLogging, logFailure } from './log-notes.ts';
import { openTraceSink } from './trace-sink.ts';

/** Flags of the commands that may start a server; they go before the settings. */
export interface ServingFlags {
  readonly port?: number;
  /** True: every address of the machine. */
  readonly host?: string | true;
  readonly sdk?: string;
  /** https too, on the same port. */
  readonly https?: boolean;
  /** The same, by its older name. */
  readonly tls?: boolean;
  /** A file for the trace; true: standard error. */
  readonly trace?: string | true;
}

const MINUTE = 60_000;

/** Starts the server of the project, and tells what fails in it from then on. */
export async function serveProject(context: Context, flags: ServingFlags): Promise<RunningServer> {
  const { notes, settings, folder } = context;
  const port = flags.port ?? settings.port;
  const host = hostOf(context, flags);
  const sink = flags.trace && openTraceSink(flags.trace, context);
  const server = await startServer({
    dataDir: folder.path,
    projectDir: settings.projectDir,
    env: settings.env,
    port,
    host,
    sdk: flags.sdk ?? settings.sdk,
    baseUrl: settings.url,
    secret: settings.secret,
    adminKey: readAdminKey(settings.env),
    database: settings.database,
    https: flags.https ?? flags.tls,
    onNote: note => notes.line(notes.style('yellow', note)),
    allowedOrigins: settings.allowedOrigins,
    apps: settings.apps,
    onFailure: createFailureNotes(context),
    writeLog: line => context.io.stderr.write(line),
    onEvent: sink || undefined,
  });
  if (port === undefined && server.port !== DEFAULT_PORT) {
    notes.line(notes.style('yellow', `Port ${DEFAULT_PORT} is in use; serving on ${server.port} instead.`));
  }
  return server;
}

/** Where to listen; undefined: on loopback. */
function hostOf({ settings }: Context, flags: ServingFlags): string | undefined {
  return flags.host === true ? EVERYWHERE : (flags.host ?? settings.host);
}

/** What serves, with what, from where, and how to stop it. */
export function noteServer(
  context: Context,
  server: RunningServer,
  flags: ServingFlags & { readonly adminUrl?: string | null },
): void {
  const { notes, settings, folder } = context;
  const { backend, strict, sdk } = server;
  const tokens = strict ? 'call tokens only' : 'auth tokens for development';
  const row = (label: string, text: string) => notes.line(`  ${notes.style('dim', label.padEnd(8))} ${text}`);
  notes.line(`${notes.style('green', 'Ready')} at ${notes.style('bold', server.url)}`);
  if (settings.url) row('links', settings.url);
  row(
    'backend',
    backend === 'emulator' ? 'emulator (no account, no internet)' : `CometChat's cloud, ${tokens}`,
  );
  row('sdk', `${sdk.name} ${sdk.version} (${sdk.source === 'path' ? sdk.folder : sdk.source})`);
  row('data', settings.database ? `PostgreSQL at ${settings.database.place}` : folder.path);
  if (settings.database) noteSharing(context, server);
  if (flags.adminUrl) row('admin', `${flags.adminUrl} (once, within 15 min; then: meet admin)`);
  if (server.lan) row('here', `${server.local}, where nothing needs to be trusted`);
  if (flags.trace) row('trace', flags.trace === true ? 'here, a line of JSON per event' : flags.trace);
  const host = hostOf(context, flags);
  if (host !== undefined && !isLoopback(host)) noteExposure(context, server, host);
  row('stop', 'Ctrl-C');
}

/** What those must know who start a second server on the same database. */
function noteSharing({ notes, settings }: Context, { backend }: RunningServer): void {
  if (backend === 'emulator') {
    notes.line(
      `  ${notes.style('yellow', 'Servers of this database share meetings, but with the emulator people meet only within one; the cloud is for many.')}`,
    );
  }
  if (!settings.secret || !settings.adminKey) {
    notes.line(
      `  ${notes.style('yellow', 'More servers on this database need the same MEET_SECRET and MEET_ADMIN_KEY.')}`,
    );
  }
}

function noteExposure({ notes }: Context, { backend, lan }: RunningServer, host: string): void {
  const lines = lan ? exposedByHttps(backend) : exposedByHttp(backend, host);
  for (const line of lines) notes.line(`  ${notes.style('yellow', line)}`);
}

function exposedByHttps(backend: RunningServer['backend']): string[] {
  return [
    'Anyone on this network can open the pages, and whoever has a link can join.',
    ...(backend === 'emulator'
      ? ['The emulator serves them too, with media over UDP; its keys it takes from this machine only.']
      : []),
  ];
}

function exposedByHttp(backend: RunningServer['backend'], host: string): string[] {
  return [
    `Anyone who reaches ${host} can open this page. Browsers give no camera to plain http beyond localhost:`,
    'serve with --https, or put TLS in front and set MEET_URL.',
    ...(backend === 'emulator'
      ? ['The emulator serves this machine only: others see the page but cannot join.']
      : []),
  ];
}

/** A failure that repeats is told once a minute: a server that is down must not bury the terminal. */
function createFailureNotes(context: Context) {
  const { notes, now, settings } = context;
  const toldAt = new Map<string, number>();
  return (error: unknown, { method, url }: { method: string; url: string }) => {
    const expected = error instanceof Error && 'code' in error;
    const text =
      error instanceof Error ? ((expected ? error.message : error.stack) ?? error.message) : String(error);
    const at = now();
    if (at - (toldAt.get(text) ?? Number.NEGATIVE_INFINITY) < MINUTE) return;
    if (toldAt.size > 100) toldAt.clear();
    toldAt.set(text, at);
    const [path = url] = url.split('?');
    if (isLogging(settings.env)) logFailure(context, { method, url: path }, text);
    else notes.line(`${notes.style('red', 'Failed')} ${method} ${path}: ${text}`);
  };
}
