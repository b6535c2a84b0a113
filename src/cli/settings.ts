import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { type LinkedApps, parseLinkedApps } from '../core/app-links.ts';
import { MeetError } from '../core/errors.ts';
import { findNearest } from '../core/nearest.ts';
import { parseOrigins } from '../server/origins.ts';
import type { Environment } from './context.ts';
import { type DatabaseSettings, readDatabase } from './env/database.ts';
import { findStrayKeys, strayKey } from './env/stray-keys.ts';
import { checkStrayProgram, PROGRAM } from './env/stray-program.ts';

/** Where the CLI works and with what, from the environment, `.env` and `meet.config.json`; flags come on top. */
export interface Settings {
  /** The nearest folder upward with a project in it, else where we stand. */
  readonly projectDir: string;
  /** `.meet` in the project, or `MEET_DATA_DIR`. */
  readonly dataDir: string;
  /** What links start with, when it is not the running server's address. */
  readonly url: string | undefined;
  /** Signs tokens instead of the secret in the data folder. */
  readonly secret: string | undefined;
  /** Manages meetings over HTTP instead of the key in the data folder; whose server takes it, checks it. */
  readonly adminKey: string | undefined;
  /** Where the meetings are, when not in a file of the data folder. */
  readonly database: DatabaseSettings | undefined;
  readonly port: number | undefined;
  readonly host: string | undefined;
  readonly sdk: string | undefined;
  readonly timeZone: string | undefined;
  /** Of `meet.config.json`: whose pages may use the emulator, besides this machine's. */
  readonly allowedOrigins: readonly string[] | undefined;
  /** Of `meet.config.json`: the apps that open links to meetings. */
  readonly apps: LinkedApps | undefined;
  /** Of `meet.config.json`: what `meet check` makes of its rules, unread. */
  readonly check: object | undefined;
  /** The environment, with what `.env` adds to it. */
  readonly env: Environment;
  /** What `.env` adds: anybody may have written it. */
  readonly fromFile: Environment;
  /** Variables that are wrong, and taken as unset: no command but `meet doctor` goes on. */
  readonly faults: readonly MeetError[];
}

type ConfigFile = Partial<Record<'url' | 'dataDir' | 'host' | 'sdk' | 'timeZone', string>> & {
  port?: number;
  allowedOrigins?: string[];
  check?: object;
  apps?: object;
};

const CONFIG_FIELDS: Readonly<Record<keyof ConfigFile, 'string' | 'number' | 'list of strings' | 'object'>> =
  {
    url: 'string',
    dataDir: 'string',
    host: 'string',
    port: 'number',
    sdk: 'string',
    timeZone: 'string',
    allowedOrigins: 'list of strings',
    check: 'object',
    apps: 'object',
  };

const PROJECT_MARKS = ['package.json', 'pubspec.yaml', '.git', 'meet.config.json'];

function findProject(cwd: string): string {
  for (let dir = cwd; dir !== dirname(dir); dir = dirname(dir)) {
    if (PROJECT_MARKS.some(mark => existsSync(join(dir, mark)))) return dir;
  }
  return cwd;
}

function readOptional(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'EISDIR') return null;
    throw new MeetError('BAD_CONFIG', `${file} cannot be read (${code}); check its mode, or remove it.`, {
      cause: error,
    });
  }
}

function badField(file: string, field: string): MeetError {
  const near = findNearest(field, Object.keys(CONFIG_FIELDS));
  const known = Object.keys(CONFIG_FIELDS).join(', ');
  return new MeetError(
    'BAD_CONFIG',
    `${file} has an unknown field ${field}${near ? ` (did you mean ${near}?)` : ''}; it takes ${known}.`,
  );
}

function readConfig(file: string): ConfigFile {
  const text = readOptional(file);
  if (text === null) return {};
  let config: unknown;
  try {
    config = JSON.parse(text);
  } catch (cause) {
    throw new MeetError('BAD_CONFIG', `${file} is not valid JSON; mend it or remove it.`, { cause });
  }
  if (typeof config !== 'object' || config === null || Array.isArray(config)) {
    throw new MeetError('BAD_CONFIG', `${file} must hold a JSON object, like {"port": 4680}.`);
  }
  for (const [field, value] of Object.entries(config)) {
    const type = Object.hasOwn(CONFIG_FIELDS, field) ? CONFIG_FIELDS[field as keyof ConfigFile] : null;
    if (!type) throw badField(file, field);
    if (typeOf(value) !== type) throw new MeetError('BAD_CONFIG', `${file}: ${field} must be a ${type}.`);
  }
  return config;
}

function typeOf(value: unknown): string {
  if (!Array.isArray(value)) return typeof value;
  return value.every(entry => typeof entry === 'string') ? 'list of strings' : 'list';
}

/** Only our own and CometChat's variables: the project's `.env` is not ours to spread. */
function readDotEnv(file: string): Environment {
  const ours = Object.entries(parseEnv(readOptional(file) ?? '')).filter(([name]) =>
    /^(MEET|COMETCHAT)_/.test(name),
  );
  return Object.fromEntries(ours);
}

/** A key that would go to an address of `.env` is not there for anybody, nor its program. The environment goes before the file. */
function readEnvironment(processEnv: Environment, file: string) {
  const { [PROGRAM]: program, ...fromFile } = Object.fromEntries(
    Object.entries(readDotEnv(file)).filter(([name]) => processEnv[name] === undefined),
  );
  const keys = findStrayKeys(processEnv, fromFile);
  const withheld = Object.fromEntries(keys.map(({ key }) => [key, undefined]));
  const strays = [...keys.map(strayKey), ...checkStrayProgram(program)];
  return { env: { ...fromFile, ...processEnv, ...withheld }, fromFile, strays };
}

function orFault<T>(faults: MeetError[], read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof MeetError)) throw error;
    faults.push(error);
    return undefined;
  }
}

function checkUrl(url: string | undefined): string | undefined {
  if (!url) return undefined;
  // Every link would carry it. Not quoted: here a password is meant for nobody's eyes.
  if (url.includes('@')) {
    throw new MeetError(
      'BAD_CONFIG',
      'MEET_URL must be the address of the server and nothing more, like https://meet.example.com; take out the name and password.',
    );
  }
  const parsed = URL.canParse(url) && !/[?#]/.test(url) ? new URL(url) : null;
  if (!parsed || !/^https?:$/.test(parsed.protocol)) {
    throw new MeetError(
      'BAD_CONFIG',
      `MEET_URL is ${JSON.stringify(url)}; make it the address of the server, like https://meet.example.com.`,
    );
  }
  if (parsed.pathname === '/') return url;
  // The page asks for its own files and for the API from the root.
  throw new MeetError(
    'BAD_CONFIG',
    `MEET_URL is ${JSON.stringify(url)}, but meet cannot live under a path; give it a name of its own, like ${parsed.origin}.`,
  );
}

function checkSecret(secret: string | undefined): string | undefined {
  if (!secret || secret.length >= 16) return secret || undefined;
  throw new MeetError(
    'BAD_CONFIG',
    'MEET_SECRET is too short to be safe; make one with: openssl rand -base64 32',
  );
}

/** What `meet.config.json` of a folder says about `meet check`; undefined where there is none or it says nothing. */
export function readCheckConfig(folder: string): object | undefined {
  return readConfig(join(folder, 'meet.config.json')).check;
}

/** Reads the settings for a process in `cwd`. Throws `BAD_CONFIG` for a file, naming it and the field; `faults` has the rest. */
export function readSettings(cwd: string, processEnv: Environment): Settings {
  const projectDir = findProject(cwd);
  const file = join(projectDir, 'meet.config.json');
  const config = readConfig(file);
  const { env, fromFile, strays } = readEnvironment(processEnv, join(projectDir, '.env'));
  const faults: MeetError[] = [...strays];
  const attempt = <T>(read: () => T) => orFault(faults, read);
  const dataDir = env.MEET_DATA_DIR
    ? resolve(cwd, env.MEET_DATA_DIR)
    : resolve(projectDir, config.dataDir ?? '.meet');
  return {
    projectDir,
    dataDir,
    url: attempt(() => checkUrl(env.MEET_URL || config.url)),
    secret: attempt(() => checkSecret(env.MEET_SECRET)),
    adminKey: env.MEET_ADMIN_KEY || undefined,
    database: attempt(() => readDatabase(env)),
    port: config.port,
    host: config.host,
    sdk: config.sdk,
    timeZone: config.timeZone,
    check: config.check,
    apps: config.apps && parseLinkedApps(config.apps, file),
    allowedOrigins: config.allowedOrigins && parseOrigins(config.allowedOrigins, 'allowedOrigins'),
    env,
    fromFile,
    faults,
  };
}
