import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';

/** `fast` ends clients and writes everything; `immediate` is a crash: the next start recovers from the log. */
export type StopMode = 'fast' | 'immediate';

/** A PostgreSQL of a test's own, on 127.0.0.1, with a folder that is gone afterwards. */
export interface Postgres {
  readonly port: number;
  /** A superuser's, with password. */
  readonly url: string;
  /** A new, empty database; its URL. */
  createDatabase(): Promise<string>;
  start(): Promise<void>;
  stop(mode?: StopMode): Promise<void>;
  restart(mode?: StopMode): Promise<void>;
  /** Ends it and removes its folder. */
  close(): Promise<void>;
}

const PASSWORD = 'a-password-to-look-for';
const START_MS = 30_000;
const STOP_MS = 20_000;
const SIGNALS = { fast: 'SIGINT', immediate: 'SIGQUIT' } as const;

/** Why there can be none here; null where it can be. Tests that need one are skipped then, and say so. */
export function whyNoPostgres(): string | null {
  if (process.platform === 'win32') return 'these tests start PostgreSQL on Linux and macOS only';
  try {
    binaries();
    accountOf();
    return null;
  } catch (error) {
    return `${error instanceof Error ? error.message.split('\n', 1) : error}; Debian: apt-get install postgresql`;
  }
}

/** PEM texts of who it is by TLS. */
export interface PostgresTls {
  readonly key: string;
  readonly cert: string;
}

/** Makes and starts one. `settings`: more of postgresql.conf, such as `max_connections`. With `tls` it speaks that too. */
export async function startPostgres(
  settings: Readonly<Record<string, string | number>> = {},
  tls?: PostgresTls,
): Promise<Postgres> {
  const folder = mkdtempSync(join(tmpdir(), 'meet-postgres-'));
  const data = join(folder, 'data');
  const account = accountOf();
  makeCluster(folder, data, account);
  const port = await freePort();
  const all = { ...DEFAULTS, ...settings, ...(tls && writeTls(folder, account, tls)) };
  const args = [
    '-D',
    data,
    '-p',
    String(port),
    ...Object.entries(all).flatMap(([k, v]) => ['-c', `${k}=${v}`]),
  ];
  let child: ChildProcess | null = null;
  const start = async () => {
    child = spawn(join(binaries(), 'postgres'), args, { ...account, stdio: ['ignore', 'ignore', 'pipe'] });
    await untilReady(child);
  };
  const stop = async (mode: StopMode = 'fast') => {
    const ending = child;
    child = null;
    if (ending) await end(ending, mode);
  };
  const url = `postgres://meet:${PASSWORD}@127.0.0.1:${port}/postgres`;
  let databases = 0;
  await start();
  return {
    port,
    url,
    async createDatabase() {
      databases += 1;
      const name = `meet_${databases}`;
      const client = new Client({ connectionString: url });
      await client.connect();
      // As most databases, not sorted by bytes.
      await client.query(`create database ${name} template template0 locale_provider icu icu_locale 'en-US'`);
      await client.end();
      return url.replace(/postgres$/, name);
    },
    start,
    stop,
    async restart(mode) {
      await stop(mode);
      await start();
    },
    async close() {
      await stop('immediate');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Without sync a crash of the machine would lose commits, one of PostgreSQL alone loses none; and tests run faster. */
const DEFAULTS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  fsync: 'off',
  shared_buffers: '32MB',
  lc_messages: 'C',
};

interface Account {
  readonly uid?: number;
  readonly gid?: number;
  readonly cwd: string;
}

/** PostgreSQL refuses to run as root; its package makes an account for it. */
function accountOf(): Account {
  if (process.getuid?.() !== 0) return { cwd: tmpdir() };
  const id = (flag: string) =>
    Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8', stdio: 'pipe' }));
  return { uid: id('-u'), gid: id('-g'), cwd: tmpdir() };
}

/** Debian keeps them out of the path, a folder per version. */
function binaries(): string {
  const root = '/usr/lib/postgresql';
  const versions = existsSync(root) ? readdirSync(root).sort((a, b) => Number(b) - Number(a)) : [];
  const found = versions
    .map(version => join(root, version, 'bin'))
    .find(bin => existsSync(join(bin, 'initdb')));
  return found ?? execFileSync('pg_config', ['--bindir'], { encoding: 'utf8', stdio: 'pipe' }).trim();
}

function makeCluster(folder: string, data: string, account: Account): void {
  const passwords = join(folder, 'password');
  writeFileSync(passwords, PASSWORD);
  if (account.uid !== undefined && account.gid !== undefined) {
    for (const path of [folder, passwords]) chownSync(path, account.uid, account.gid);
  }
  const flags = ['--no-sync', '--encoding=UTF8', '--locale=C', '--username=meet', '--auth=scram-sha-256'];
  execFileSync(join(binaries(), 'initdb'), ['-D', data, ...flags, `--pwfile=${passwords}`], {
    ...account,
    stdio: 'pipe',
  });
}

/** PostgreSQL takes a key only that is its own, and nobody else's to read. */
function writeTls(folder: string, { uid, gid }: Account, { key, cert }: PostgresTls) {
  const [keyFile, certFile] = [join(folder, 'server.key'), join(folder, 'server.crt')];
  writeFileSync(keyFile, key, { mode: 0o600 });
  writeFileSync(certFile, cert);
  if (uid !== undefined && gid !== undefined) chownSync(keyFile, uid, gid);
  return { ssl: 'on', ssl_key_file: keyFile, ssl_cert_file: certFile };
}

/** Below the ports that systems give to outgoing connections: one of those could take it while PostgreSQL is down. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(15_000, 32_000);
    const server = createServer();
    const free = await new Promise<boolean>(resolve => {
      server.once('error', () => resolve(false));
      server.listen(port, '127.0.0.1', () => resolve(true));
    });
    if (!free) continue;
    await new Promise(resolve => server.close(resolve));
    return port;
  }
}

function untilReady(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = '';
    const over = () => {
      clearTimeout(timer);
      child.off('exit', onExit);
    };
    const fail = (why: string) => {
      over();
      child.kill('SIGKILL');
      reject(new Error(`PostgreSQL ${why}:\n${said}`));
    };
    const onExit = () => fail('ended');
    const timer = setTimeout(() => fail('did not start in time'), START_MS);
    child.on('exit', onExit);
    // Read on for as long as it lives: with a full pipe it would stand still.
    child.stderr?.setEncoding('utf8').on('data', chunk => {
      said = (said + chunk).slice(-4_000);
      if (!said.includes('ready to accept connections')) return;
      over();
      resolve();
    });
  });
}

async function end(child: ChildProcess, mode: StopMode): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill(SIGNALS[mode]);
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
  await ended;
  clearTimeout(timer);
}
