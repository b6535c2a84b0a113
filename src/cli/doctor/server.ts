import { createServer } from 'node:net';
import { DEFAULT_PORT } from '../compose.ts';
import { findServer } from '../find-server.ts';
import { bad, type Finding, ok, type Probe, warn } from './finding.ts';
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
    ? ok(subject, `runs at ${own}`)
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

async function askHost(url: string, now: () => number): Promise<Finding> {
  const subject = { id: 'url', what: 'Links' };
  const before = now();
  try {
    const response = await fetch(new URL('/healthz', url), { signal: AbortSignal.timeout(PATIENCE_MS) });
    const { service } = (await response.json()) as { service?: unknown };
    if (service !== 'meet') throw new Error('not ours');
    const skew = Date.parse(response.headers.get('date') ?? '') - (before + now()) / 2;
    const seconds = Math.round(Math.abs(skew) / 1000);
    if (Math.abs(skew) < SKEW_MS) return ok(subject, `${url} answers`);
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
