import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { readCometChatSettings } from '../cometchat/settings.ts';
import type { LinkedApps } from '../core/app-links.ts';
import { MeetError } from '../core/errors.ts';
import type { Emulator, EmulatorOptions } from '../emulator/emulator.ts';
import { type AdminCodes, createAdminCodes } from '../server/admin-codes.ts';
import { buildApp } from '../server/app.ts';
import { createBouncer } from '../server/bouncer.ts';
import { createDrain } from '../server/drain.ts';
import { createUpgradeListener, mountEmulator } from '../server/emulator-mount.ts';
import { watchFellows } from '../server/fellows.ts';
import { createGrants, type Grants } from '../server/grants.ts';
import { createHostApp } from '../server/host-app.ts';
import { createHostPolicy } from '../server/hosts.ts';
import { createLimiter } from '../server/limiter.ts';
import { listen } from '../server/listen.ts';
import { createOriginPolicy } from '../server/origins.ts';
import { createProxies } from '../server/remote.ts';
import { resolveSdk, type Sdk } from '../server/sdk.ts';
import { type MeetingStore, openStore } from '../store/store.ts';
import { openCloud, openEmulator } from './backend.ts';
import type { Environment } from './context.ts';
import { type DataFolder, type EmulatorKeys, openDataFolder } from './data-folder.ts';
import { type DatabaseSettings, readDrain } from './env/database.ts';
import { findServer } from './find-server.ts';
import { isLoopback, nameOf, ownNames } from './host-name.ts';
import { lanNameOf } from './lan-address.ts';
import { readServerEnv, type ServerEnv } from './server-env.ts';
import type { Trust } from './tls-files.ts';
import { openTrail, tellOfPeople } from './trail.ts';

export const DEFAULT_PORT = 4680;

/** In place of a request, for what fails without one. */
const BACKGROUND = { method: 'in', url: 'the background' };

const UNTRACED = "CometChat's cloud does not tell what happens in a session";

/** How many ports above the default are tried when nobody asked for one. */
const PORT_TRIES = 20;

/** Requests under way may end within this time once the server stops. */
const GRACE_MS = 2_000;

/** The database may keep a request waiting as long as that; nobody's patience is longer. */
const SETTLE_MS = 10_000;

/** With other servers of the same database: who sends requests should hear first that this one stops. */
const DRAIN_MS = 2_000;

export interface ServerOptions {
  readonly dataDir: string;
  /** Where the project's SDK and `cometchat-settings.json` are looked for. */
  readonly projectDir: string;
  readonly env: Environment;
  /** Undefined: 4680, or the next free one. 0: any free one. */
  readonly port?: number | undefined;
  /** A name or address; `*`: all of them. */
  readonly host?: string | undefined;
  /** `bundled`, `project` or a path. */
  readonly sdk?: string | undefined;
  /** What links start with; the server's own address by default. */
  readonly baseUrl?: string | undefined;
  /** Signs tokens instead of the data folder's own. */
  readonly secret?: string | undefined;
  /** Manages meetings instead of the data folder's own key. */
  readonly adminKey?: string | undefined;
  /** A PostgreSQL instead of the data folder's file. */
  readonly database?: DatabaseSettings | undefined;
  /** https on the same port too, with a certificate of our own; beyond loopback nothing else. */
  readonly https?: boolean | undefined;
  /** Origins whose pages may use the emulator, besides this machine's; `MEET_ALLOWED_ORIGINS` goes before. */
  readonly allowedOrigins?: readonly string[] | undefined;
  /** The apps that open links to meetings. */
  readonly apps?: LinkedApps | undefined;
  /** The emulator's limits, where tests need others. */
  readonly emulator?: Pick<EmulatorOptions, 'graceMs' | 'maxOccupants'>;
  /** What meetings and their doors go by, epoch ms; the emulator goes by the machine's clock, as a cloud by its own. */
  readonly now?: () => number;
  /** Told why a request was answered with a 5xx. */
  readonly onFailure?: (error: unknown, request: { method: string; url: string }) => void;
  /** Told what the owner should know while it runs: of the certificate. */
  readonly onNote?: (note: string) => void;
  /** Takes the log's lines when `MEET_LOG` asks for a log. */
  readonly writeLog?: (line: string) => void;
  /** Told of everything that happens in the emulator's sessions. */
  readonly onEvent?: ((event: object) => void) | undefined;
}

export interface RunningServer {
  /** What links start with. */
  readonly url: string;
  /** Where this machine's own browsers have camera and microphone without trusting anybody. */
  readonly local: string;
  readonly port: number;
  readonly adminKey: string;
  /** One-time links for the home page are made with these. */
  readonly adminCodes: AdminCodes;
  readonly emulatorKeys: EmulatorKeys;
  readonly backend: 'emulator' | 'cloud';
  readonly emulator: Emulator | null;
  readonly strict: boolean;
  readonly sdk: Sdk;
  /** The certificate, and what browsers have to trust; null without https. */
  readonly tls: { readonly certFile: string; readonly trust: Trust } | null;
  /** Other machines are served, by https. */
  readonly lan: boolean;
  /** Stops accepting, lets requests end, and closes everything; the same promise however often it is called. */
  stop(): Promise<void>;
}

type Undo = (step: () => unknown) => void;

/**
 * Starts a server of all parts on a data folder; it answers when this resolves. Throws `BAD_CONFIG`, `PORT_IN_USE`,
 * `STORE_FAILED`, and leaves nothing open then.
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const steps: (() => unknown)[] = [];
  // Last opened, first closed; what fails to close keeps nothing else open.
  const undoAll = async () => {
    const failures: unknown[] = [];
    for (const step of steps.splice(0).reverse()) {
      try {
        await step();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
  };
  let stopped: Promise<void> | undefined;
  const stop = () => {
    stopped ??= undoAll();
    return stopped;
  };
  try {
    return { ...(await compose(options, step => steps.push(step))), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function compose(options: ServerOptions, undo: Undo): Promise<Omit<RunningServer, 'stop'>> {
  const { env, projectDir, host = 'localhost' } = options;
  // What can be wrong with the settings comes first, before anything is opened.
  const serverEnv = readServerEnv(env);
  const drainMs = readDrain(env) ?? (options.database ? DRAIN_MS : 0);
  const settings = await readCometChatSettings(env, join(projectDir, 'cometchat-settings.json'));
  if (settings && options.onEvent) {
    throw new MeetError('BAD_CONFIG', `${UNTRACED}; leave --trace out, or its settings.`);
  }
  const sdk = await resolveSdk(options.sdk, projectDir);
  const folder = openDataFolder(options.dataDir, options.secret, options.adminKey);
  const { store, grants } = await openMeetings(options, folder, undo);
  const onFailure = (error: unknown) => options.onFailure?.(error, BACKGROUND);
  const background = { store, now: options.now ?? Date.now, onFailure, undo };
  const trail = openTrail({ ...background, env: serverEnv });
  const { onNote = () => {} } = options;
  const lan = options.https === true && !isLoopback(host);
  const ownName = lan ? await lanNameOf(host) : nameOf(host);
  // Loaded only when asked for: most servers need no certificate.
  const tls = options.https
    ? await (await import('./tls-watch.ts')).watchTls({
        folder,
        host,
        linkName: options.baseUrl === undefined ? ownName : new URL(options.baseUrl).hostname,
        env,
        onNote,
        onRenewed: files => listener.renewTls(files),
      })
    : null;
  undo(() => tls?.stop());

  const listener = await listen({
    port: options.port ?? DEFAULT_PORT,
    tries: options.port === undefined ? PORT_TRIES : 0,
    host,
    ...(tls && { tls: tls.current }),
  });
  undo(() => listener.close(GRACE_MS));
  const keys = folder.emulatorKeys();
  const local = `http://localhost:${listener.port}`;
  const url = `${lan ? 'https' : 'http'}://${ownName}:${listener.port}`;
  const baseUrl = options.baseUrl ?? url;
  const apps = createOriginPolicy(serverEnv.allowedOrigins ?? options.allowedOrigins ?? []);
  const reached = ownNames(host);
  const names = { allowed: serverEnv.allowedHosts, direct: tls?.names ?? (() => reached) };
  const hosts = createHostPolicy({ baseUrl, ...names, tls: tls !== null, apps });
  const { side, emulator } = settings
    ? openCloud(settings, serverEnv.createUsers)
    : await openEmulator(keys, grants, {
        createUsers: serverEnv.createUsers,
        p2p: serverEnv.p2p,
        originOf: hosts.originOf,
        // One number to open in a firewall, for TCP and UDP.
        ...(lan && { lan, mediaPort: listener.port }),
        ...options.emulator,
      });
  undo(() => emulator?.close());
  const bouncer = emulator && createBouncer({ store, grants, rooms: emulator });
  undo(() => bouncer?.stop());
  if (options.onEvent) emulator?.trace.subscribe(null, options.onEvent);
  const emulatorOn = emulator !== null;
  const strict = serverEnv.strict ?? !emulatorOn;
  const adminKey = folder.adminKey();
  const secret = folder.secret();
  const adminCodes = createAdminCodes(store.codes, { secret, adminKey }, options.now ?? Date.now);
  // A file has one data folder, and so one secret.
  if (options.database) {
    const { servers } = store;
    undo(await watchFellows({ ...background, servers, secret, adminKey, onNote }));
  }
  const { guests, rateLimits } = serverEnv;
  const limiter = createLimiter({ counters: store.counters });
  undo(() => limiter.close());
  const drain = createDrain();
  // Loaded only when asked for, as what sends spans is large.
  const tracing =
    serverEnv.tracing && (await import('../server/tracing.ts')).createTracing(serverEnv.tracing);
  undo(() => tracing?.stop());
  const proxies = serverEnv.trustProxy && createProxies(serverEnv.trustProxy);
  const app = await buildApp({
    store,
    grants,
    audit: trail,
    secret,
    adminKey,
    cometchat: side,
    emulatorOn,
    faults: emulator?.faults ?? null,
    // Only the emulator's users are nobody's accounts.
    claimedUids: emulatorOn,
    strict,
    sdk,
    webRoot: findPage(dirname(fileURLToPath(import.meta.url))),
    baseUrl,
    hosts,
    proxies,
    ...(tls && {
      tls: {
        required: lan,
        authority: tls.current.trust.by === 'own' ? () => tls.current.trust.cert : null,
      },
    }),
    apps: options.apps,
    guests,
    hostApp: createHostApp(serverEnv.hostApp),
    rateLimits,
    limiter,
    drain,
    tracing,
    openMetrics: serverEnv.openMetrics,
    ...(options.now && { now: options.now }),
    ...(emulator && { events: emulator.trace, presence: emulator.people }),
    ...(bouncer && { bouncer }),
    ...logOptions(options, serverEnv),
  });
  undo(() => app.close());
  if (emulator && serverEnv.webhooks) tellOfPeople(emulator, trail, background);
  if (emulator) await mountEmulator(app, emulator, { hosts, limits: rateLimits, limiter, lan });
  await app.ready();
  listener.serve(
    app.routing,
    createUpgradeListener({ hosts, emulator, lan, proxies, limits: rateLimits, limiter }),
  );
  await announce(folder, { url, local: `http://127.0.0.1:${listener.port}` }, undo);
  // The last to be opened, so the first to close.
  undo(async () => {
    drain.start();
    if (drainMs > 0) await setTimeout(drainMs);
    listener.refuse();
    if (options.database) await drain.settle(SETTLE_MS);
  });
  const backend = emulatorOn ? 'emulator' : 'cloud';
  return {
    url,
    local,
    port: listener.port,
    adminKey,
    adminCodes,
    emulatorKeys: keys,
    backend,
    emulator,
    strict,
    sdk,
    tls: tls && { certFile: tls.current.certFile, trust: tls.current.trust },
    lan,
  };
}

async function openMeetings(
  { database, now = Date.now }: ServerOptions,
  folder: DataFolder,
  undo: Undo,
): Promise<{ store: MeetingStore; grants: Grants }> {
  folder.prepare();
  const store = await openStore(database ?? { file: folder.storeFile });
  undo(() => store.close());
  return { store, grants: createGrants({ store, now }) };
}

function logOptions({ onFailure, writeLog }: ServerOptions, { logLevel }: ServerEnv) {
  const log = logLevel && writeLog ? { level: logLevel, write: writeLog } : undefined;
  return { ...(log && { log }), ...(onFailure && { onFailure }) };
}

/** The built page, seen from the sources as from any bundle of them. */
export function findPage(from: string): string {
  const folder = join(from, 'dist', 'web');
  const parent = dirname(from);
  return existsSync(folder) || parent === from ? folder : findPage(parent);
}

/**
 * Tells the other commands of a server that has answered: "ready" must mean ready. One that runs already stays the one
 * they are told of: links to it are out, and people meet only in one.
 */
async function announce(
  folder: DataFolder,
  { url, local }: { url: string; local: string },
  undo: Undo,
): Promise<void> {
  const response = await fetch(`${local}/readyz`, { signal: AbortSignal.timeout(5_000) });
  if (!response.ok) throw new Error(`the server answers its own probe with ${response.status}`);
  if (await findServer(folder)) return;
  folder.announceServer({ pid: process.pid, url, local, startedAt: new Date().toISOString() });
  undo(() => folder.withdrawServer(process.pid));
}
