import { createServer } from 'node:net';
import { DEFAULT_PORT } from '../compose.ts';
import { findServer } from '../find-server.ts';
import { bad, type Finding, ok, type Probe, type Subject, warn } from './finding.ts';
import { findListener } from './listener.ts';

const PATIENCE_MS = 5_000;
/** Tokens hold whole seconds and a server's `Date` too; phones are off by some more. */
const SKEW_MS = 30_000;

/** The server of this project and, where links point elsewhere, that host: do they answer, and what time is it there. */
export const serverProbe: Probe = async ({ folder, settings, now }) => {
  const own = await findServer(folder);
  const announced = folder.runningServer();
  const subject = { id: 'server', what: 'Server' };
  const first = own
    ? await askReady(subject, own, announced?.local ?? own)
    : announced
      ? bad(
          subject,
          `process ${announced.pid} should serve ${announced.url}, but nothing answers`,
          `stop it, and run meet serve`,
        )
      : ok(subject, 'none runs; start one with: meet serve');
  const { url } = settings;
  return url && url !== own ? [first, await askHost(url, now)] : [first];
};

/** Whether it can work: it lives also while its database is away, or while it stops. */
async function askReady(subject: Subject, url: string, local: string): Promise<Finding> {
  const obstacle = await findObstacle(local);
  if (obstacle === null) return ok(subject, `runs at ${url}`);
  const fix = 'mend what is told of Meetings; it goes on by itself then';
  return bad(subject, `runs at ${url}, but is not ready: ${obstacle}`, fix);
}

/** For the words of a 503 are none, by design. */
const OBSTACLES: Readonly<Record<string, string>> = {
  STORE_FAILED: 'it cannot reach its meetings',
  UNAVAILABLE: 'it is about to stop',
};

/** What `/readyz` says against it; null: nothing. */
async function findObstacle(origin: string): Promise<string | null> {
  try {
    const response = await fetch(new URL('/readyz', origin), { signal: AbortSignal.timeout(PATIENCE_MS) });
    if (response.ok) return null;
    const { code } = (await response.json()) as { code?: string };
    return (code && OBSTACLES[code]) ?? `/readyz says ${code ?? response.status}`;
  } catch {
    return '/readyz does not answer';
  }
}

async function askHost(url: string, now: () => number): Promise<Finding> {
  const subject = { id: 'url', what: 'Links' };
  const before = now();
  try {
    const response = await fetch(new URL('/healthz', url), { signal: AbortSignal.timeout(PATIENCE_MS) });
    const { service } = (await response.json()) as { service?: unknown };
    if (service !== 'meet') throw new Error('not ours');
    const skew = Date.parse(response.headers.get('date') ?? '') - (before + now()) / 2;
    const seconds = Math.round(Math.abs(skew) / 1000);
    if (Math.abs(skew) < SKEW_MS) return await askWhole(subject, url);
    const side = skew > 0 ? 'ahead of' : 'behind';
    return warn(subject, `the clock of ${url} is ${seconds} s ${side} this one`, 'set both clocks by NTP');
  } catch {
    return warn(
      subject,
      `links start with ${url}, but no meet answers there`,
      'check MEET_URL, the proxy and the server',
    );
  }
}

async function askWhole(subject: Subject, url: string): Promise<Finding> {
  const obstacle = await findObstacle(url);
  if (obstacle === null) return ok(subject, `${url} answers`);
  return warn(subject, `${url} answers, but is not ready: ${obstacle}`, 'look at the log of that server');
}

/** Whether the port is free that `meet serve` would take. */
export const portProbe: Probe = async ({ folder, settings }) => {
  const port = settings.port ?? DEFAULT_PORT;
  const subject = { id: 'port', what: 'Port' };
  if (await isFree(port)) return [ok(subject, `${port} is free`)];
  const running = folder.runningServer();
  if (running && Number(new URL(running.url).port) === port) return [ok(subject, `${port} is our server's`)];
  const holder = findListener(port);
  const says = `${port} is in use${holder ? ` by ${holder.name} (pid ${holder.pid})` : ''}`;
  if (settings.port === undefined)
    return [warn(subject, says, 'meet serve takes the next free one; or stop that program')];
  return [bad(subject, says, 'stop that program, or choose another port in meet.config.json')];
};

function isFree(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
  });
}
