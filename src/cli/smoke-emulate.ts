import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { createEmulation } from '../smoke/browser/emulate.ts';
import type { Prepare } from '../smoke/scene.ts';
import type { PrivateServer } from './private-server.ts';

// The same from src/cli and from the bundle in dist/cli.
const SHIM_FILE = fileURLToPath(new URL('../../dist/web/shim.js', import.meta.url));

/** Leads the pages of a run to its private server's emulator. */
export function emulateOn(server: Pick<PrivateServer, 'appEnv'>): Prepare {
  const access = () => {
    const {
      COMETCHAT_EMULATOR: origin = '',
      COMETCHAT_APP_ID: appId = '',
      COMETCHAT_API_KEY: apiKey = '',
    } = server.appEnv();
    return { origin, appId, apiKey };
  };
  return createEmulation(access, () => readFile(SHIM_FILE, 'utf8'));
}
