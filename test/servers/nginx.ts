import assert from 'node:assert/strict';
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { vi } from 'vitest';
import { freePort } from './postgres.ts';

const SAMPLE = fileURLToPath(new URL('../../deploy/nginx.conf', import.meta.url));
const NGINX = '/usr/sbin/nginx';
/** The name in the sample; tests go to 127.0.0.1 and say this one. */
export const NAME = 'meet.example.com';

/** Our sample configuration, run by Debian's nginx on 127.0.0.1 with a certificate of its own. */
export interface Nginx {
  /** Of https. */
  readonly port: number;
  readonly httpPort: number;
  /** PEM, to be trusted. */
  readonly certificate: string;
  /** All that it logged. */
  log(): string;
  /** Ends it and removes its folder. */
  close(): Promise<void>;
}

/** Why there can be none here; null where it can be. */
export const whyNoNginx = (): string | null =>
  existsSync(NGINX) ? null : `${NGINX} is missing; Debian: apt-get install nginx-light`;

/** `changes`: what a test has different, as pairs of texts of the sample. Fails where the sample has not what is replaced. */
export async function startNginx(
  upstreams: readonly number[],
  changes: readonly (readonly [string, string])[] = [],
): Promise<Nginx> {
  const folder = mkdtempSync(join(tmpdir(), 'meet-nginx-'));
  const [port, httpPort] = [await freePort(), await freePort()];
  const certificate = makeCertificate(folder);
  const site = replaceAll(readFileSync(SAMPLE, 'utf8'), [
    ...changes,
    ['listen 80;', `listen 127.0.0.1:${httpPort};`],
    ['    listen [::]:80;\n', ''],
    ['listen 443 ssl http2;', `listen 127.0.0.1:${port} ssl http2;`],
    ['    listen [::]:443 ssl http2;\n', ''],
    ['/etc/ssl/meet', folder],
    ['/var/log/nginx', folder],
    [[4681, 4682].map(lineOf).join(''), upstreams.map(lineOf).join('')],
  ]);
  writeFileSync(join(folder, 'site.conf'), site);
  writeFileSync(join(folder, 'nginx.conf'), mainOf(folder));
  const child = spawn(NGINX, ['-p', folder, '-c', join(folder, 'nginx.conf')], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr?.setEncoding('utf8').on('data', text => {
    said += text;
  });
  const files = ['meet.log', 'meet.error.log', 'error.log'].map(name => join(folder, name));
  const isUp = () => existsSync(join(folder, 'nginx.pid'));
  try {
    await vi.waitFor(() => assert(child.exitCode !== null || isUp()), { timeout: 10_000 });
    assert(child.exitCode === null, `nginx ended: ${said}`);
  } catch (error) {
    await end(child);
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
  return {
    port,
    httpPort,
    certificate,
    log: () => said + files.map(file => (existsSync(file) ? readFileSync(file, 'utf8') : '')).join(''),
    async close() {
      await end(child);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const lineOf = (port: number) => `    server 127.0.0.1:${port} max_fails=2 fail_timeout=2s;\n`;

function replaceAll(text: string, changes: readonly (readonly [string, string])[]): string {
  return changes.reduce((rest, [from, to]) => {
    if (!rest.includes(from)) throw new Error(`deploy/nginx.conf has no ${from.trim()}`);
    return rest.replaceAll(from, to);
  }, text);
}

/** As root nginx would give its workers to an account that may not enter our folder. */
function mainOf(folder: string): string {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  return `daemon off;
${process.getuid?.() === 0 ? 'user root;' : ''}
worker_processes 1;
pid ${folder}/nginx.pid;
error_log ${folder}/error.log warn;
events { worker_connections 1024; }
http {
  ${temporary.map(name => `${name}_temp_path ${folder}/${name};`).join('\n  ')}
  include ${folder}/site.conf;
}
`;
}

function makeCertificate(folder: string): string {
  const file = join(folder, 'fullchain.pem');
  const names = `subjectAltName=DNS:${NAME},IP:127.0.0.1`;
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  const made = ['-keyout', join(folder, 'privkey.pem'), '-out', file, '-days', '2'];
  execFileSync('openssl', ['req', '-x509', ...key, ...made, '-subj', `/CN=${NAME}`, '-addext', names], {
    stdio: 'pipe',
  });
  return readFileSync(file, 'utf8');
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), 10_000);
  await ended;
  clearTimeout(timer);
}
