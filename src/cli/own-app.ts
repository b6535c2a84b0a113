import { join } from 'node:path';
import { emulatorBases } from '../cometchat/bases.ts';
import { SHIM_PATH } from '../server/routes/shim.ts';
import type { RunningServer } from './compose.ts';
import type { Context } from './context.ts';

/** What a user's own app needs to use the emulator in place of the cloud. */
export interface OwnApp {
  readonly appId: string;
  readonly region: string;
  /** For `init` of SDK v5: bases without a trailing slash. */
  readonly host: string;
  readonly adminHost: string;
  readonly clientHost: string;
  /** For `setHost` of SDK v4, which glues paths on: with a trailing slash. */
  readonly setHost: string;
  /** For SDK v4: a script to load before it. */
  readonly shim: string;
  /** Without the shim: the authority's certificate to trust, and where a browser shows whether it does. Only with https. */
  readonly tls?: { readonly caFile: string; readonly url: string };
  /** The development key, for `login(uid, authKey)`; only when it was asked for. */
  readonly authKey?: string;
}

/** Null with the cloud, which an app finds by itself. */
export function describeOwnApp(
  server: Pick<RunningServer, 'backend' | 'port' | 'emulatorKeys' | 'tls'>,
  options: { keys: boolean },
): OwnApp | null {
  if (server.backend !== 'emulator') return null;
  // Not the name that links may have: the emulator answers to loopback only.
  const origin = `http://localhost:${server.port}`;
  const { callBase, loginBase } = emulatorBases(origin);
  const { appId, region, authKey } = server.emulatorKeys;
  return {
    appId,
    region,
    host: callBase,
    adminHost: loginBase,
    clientHost: loginBase,
    setHost: `${callBase}/`,
    shim: origin + SHIM_PATH,
    // The name that SDK v4 dials.
    ...(server.tls && {
      tls: { caFile: server.tls.trust.file, url: `https://xmpp.localhost:${server.port}/` },
    }),
    ...(options.keys && { authKey }),
  };
}

/** The lines to paste into an app, by the SDK's version. */
export function noteOwnApp({ notes, folder }: Context, app: OwnApp): void {
  const { appId, region, host, adminHost, clientHost, authKey } = app;
  const block = (label: string, ...lines: string[]) =>
    lines.forEach((line, index) => {
      notes.line(`  ${notes.style('dim', (index === 0 ? label : '').padEnd(8))} ${line}`);
    });
  const keysFile = join(folder.path, 'emulator-keys.json');
  const code = (text: string) => notes.style('cyan', text);
  notes.line();
  notes.line(`${notes.style('bold', 'Your own app')}, with this in place of the cloud:`);
  block(
    'sdk v5',
    code(`CometChatCalls.init({ appId: '${appId}', region: '${region}',`),
    code(`  host: '${host}',`),
    code(`  adminHost: '${adminHost}',`),
    code(`  clientHost: '${clientHost}' })`),
  );
  block(
    'sdk v4',
    code(`.setAppId('${appId}').setRegion('${region}')`),
    code(`  .setHost('${app.setHost}')`),
    'and before the SDK:',
    code(`  <script src="${app.shim}"></script>`),
    ...(app.tls ? [`or no script, once your browser trusts ${app.tls.url}`] : []),
  );
  block('auth key', authKey ? code(authKey) : `in ${keysFile}; serve --keys prints it`);
  block('users', 'cometchat-uid-1 to cometchat-uid-5');
}
