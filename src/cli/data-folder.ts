import { randomBytes } from 'node:crypto';
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { explainStoreError } from '../store/failures.ts';
import { makeFolder } from '../store/make-folder.ts';
import { isLoopback } from './host-name.ts';
import { readOrMake, readOrNull } from './once-file.ts';

/** The server that serves this data folder now. */
export interface ServerInfo {
  readonly pid: number;
  readonly url: string;
  /** Where programs of this machine reach it, which know nothing of its certificate; the same as `url` by default. */
  readonly local?: string;
  /** ISO 8601. */
  readonly startedAt: string;
}

/** What stands for an account at CometChat's in the emulator. */
export interface EmulatorKeys {
  readonly appId: string;
  readonly region: string;
  readonly apiKey: string;
  readonly authKey: string;
  readonly secret: string;
}

/** The folder `.meet/`: meetings, keys, and who serves them. Failures of the file system are `STORE_FAILED`. */
export interface DataFolder {
  readonly path: string;
  readonly storeFile: string;
  /** Makes the folder, invisible to git, and closed to other users of the machine. */
  prepare(): void;
  /** Bearer token of who manages meetings over HTTP. */
  adminKey(): string;
  /** Signs identity and invite tokens. */
  secret(): string;
  emulatorKeys(): EmulatorKeys;
  announceServer(info: ServerInfo): void;
  /** Takes the announcement back, unless another server has made its own since. */
  withdrawServer(pid: number): void;
  /** Null when no server runs, also when one was killed before it could say so. */
  runningServer(): ServerInfo | null;
}

const newKey = () => randomBytes(32).toString('base64url');

function newEmulatorKeys(): EmulatorKeys {
  return {
    appId: randomBytes(8).toString('hex'),
    region: 'us',
    apiKey: newKey(),
    authKey: newKey(),
    secret: newKey(),
  };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's, but there.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** The admin key goes there, and the folder may be one of a repository that was cloned. */
const isHere = (url: string) => isLoopback(new URL(url).hostname.replace(/[[\]]/g, ''));

function parseServerInfo(text: string | null): ServerInfo | null {
  try {
    const info = JSON.parse(text ?? 'null');
    return info &&
      Number.isInteger(info.pid) &&
      info.pid > 0 &&
      [info.url, info.local ?? info.url].every(url => URL.canParse(url)) &&
      isHere(info.local ?? info.url)
      ? info
      : null;
  } catch {
    return null;
  }
}

/** Gives access to the data folder at `path`; nothing is touched before it is needed. The keys go before the stored ones. */
export function openDataFolder(path: string, secret: string | undefined, adminKey?: string): DataFolder {
  const at = (name: string) => join(path, name);
  const guard = <T>(name: string, run: (file: string) => T): T => {
    try {
      return run(at(name));
    } catch (error) {
      throw explainStoreError(error, at(name));
    }
  };
  const prepare = () =>
    guard('.gitignore', file => {
      makeFolder(path, 0o700);
      readOrMake(file, () => '*');
    });
  const keep = (name: string, make: () => string) => {
    prepare();
    return guard(name, file => readOrMake(file, make));
  };
  const readInfo = () => guard('server.json', file => parseServerInfo(readOrNull(file)));
  return {
    path,
    storeFile: at('meet.db'),
    prepare,
    adminKey: () => adminKey ?? keep('admin-key', newKey),
    secret: () => secret ?? keep('secret', newKey),
    emulatorKeys: () => JSON.parse(keep('emulator-keys.json', () => JSON.stringify(newEmulatorKeys()))),
    announceServer(info) {
      prepare();
      guard('server.json', file => {
        // Renamed into place: a reader finds the old one or the new one, never half of it.
        writeFileSync(`${file}.${info.pid}.new`, `${JSON.stringify(info)}\n`, { mode: 0o600 });
        renameSync(`${file}.${info.pid}.new`, file);
      });
    },
    withdrawServer(pid) {
      if (readInfo()?.pid === pid) guard('server.json', file => rmSync(file, { force: true }));
    },
    runningServer() {
      const info = readInfo();
      return info && isAlive(info.pid) ? info : null;
    },
  };
}
