import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readCometChatSettings } from '../cometchat/settings.ts';
import { bareLink } from '../smoke/pages/fill-in.ts';
import type { SmokeServer } from '../smoke/scene.ts';
import { describeAppEnv, type Variables } from './app-env.ts';
import type { Context } from './context.ts';

/** A server for one run, on a free port with data of its own; nothing of the project's is touched. */
export interface PrivateServer {
  start(): Promise<SmokeServer>;
  /** Undefined before it was made. */
  dataDir(): string | undefined;
  /** What a command needs that shall work with it: MEET_URL, COMETCHAT_* …; empty before it answers. */
  appEnv(): Variables;
  remove(): Promise<void>;
}

export interface PrivateServerOptions {
  /** What its folder's name begins with. */
  readonly prefix?: string;
  /** The emulator also where a cloud is set up; pages of this link's origin may use it. */
  readonly emulateFor?: string | undefined;
}

/** `sdk`: the flag of that name. */
export function createPrivateServer(
  { settings, notes }: Context,
  sdkFlag: string | undefined,
  { prefix = 'meet-smoke-', emulateFor }: PrivateServerOptions = {},
): PrivateServer {
  let dataDir: string | undefined;
  let appEnv: Variables = {};
  return {
    async start() {
      // Loaded only now, beside the browser.
      const [{ startServer }, folder] = await Promise.all([
        import('./compose.ts'),
        mkdtemp(join(tmpdir(), prefix)),
      ]);
      dataDir = folder;
      const { projectDir } = settings;
      const sdk = sdkFlag ?? settings.sdk;
      const env = {
        ...Object.fromEntries(Object.entries(settings.env).filter(([name]) => KEPT_ENV.test(name))),
        ...(emulateFor !== undefined && { COMETCHAT_EMULATOR: 'on' }),
      };
      const allowedOrigins = emulateFor === undefined ? [] : [bareLink(emulateFor).origin];
      let aheadMs = 0;
      const now = () => Date.now() + aheadMs;
      let stopping = false;
      const onFailure = (error: unknown) => {
        // Requests that a stop cuts off fail, and mean nothing.
        if (!stopping) notes.line(`  the server failed: ${String(error)}`);
      };
      const server = await startServer({
        dataDir,
        projectDir,
        env,
        port: 0,
        sdk,
        now,
        allowedOrigins,
        onFailure,
      });
      const cloud = await readCometChatSettings(env, join(projectDir, 'cometchat-settings.json'));
      appEnv = describeAppEnv(server, dataDir, cloud);
      const stop = () => {
        stopping = true;
        return server.stop();
      };
      const { url, adminKey, sdk: found } = server;
      return {
        url,
        adminKey,
        sdk: { name: found.name, version: found.version },
        moveClock(ms) {
          aheadMs = ms;
        },
        stop,
      };
    },
    dataDir: () => dataDir,
    appEnv: () => appEnv,
    async remove() {
      if (dataDir) await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** What of the environment the private server may see; the rest shapes the project's own server. */
const KEPT_ENV = /^(COMETCHAT_|MEET_STRICT$)/;
