import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { type AddressInfo, isIP, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { MeetError } from '../core/errors.ts';
import { acceptTls, type RenewTls, type TlsFiles } from './tls.ts';

export type UpgradeListener = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

/** Bound sockets. What arrives before `serve` waits for it. */
export interface Listener {
  readonly port: number;
  serve(onRequest: RequestListener, onUpgrade: UpgradeListener): void;
  /** Shows another certificate to who connects from now on. */
  renewTls(files: TlsFiles): void;
  /** Takes no more connections; those with a request under way stay. */
  refuse(): void;
  /** Stops accepting, waits for requests under way, and cuts what is left after `graceMs`. */
  close(graceMs: number): Promise<void>;
}

export interface ListenOptions {
  /** 0: any free one. */
  readonly port: number;
  /** How many ports above to try when it is taken. */
  readonly tries?: number;
  /** A name or address, or `*` for all, IPv4 and IPv6; `localhost` by default. */
  readonly host?: string;
  /** https on the same port, beside http. */
  readonly tls?: TlsFiles | undefined;
  readonly patience?: Patience;
}

/** How long a client may take, in ms. */
export interface Patience {
  /** For the headers of a request. */
  readonly headers: number;
  /** For all of it: one that sends a byte now and then must not hold a socket. */
  readonly request: number;
  /** To take what it is sent, from one piece to the next; for event streams too, which send something every 15 s. */
  readonly stalled: number;
  /** How often that is looked at. */
  readonly check: number;
}

const PATIENCE: Patience = { headers: 10_000, request: 15_000, stalled: 60_000, check: 2_000 };

/** Node's own, named since it bounds the address of a request too, and must not depend on a flag of the process. */
const HEADER_BYTES = 16 * 1024;

/** Binds a port on all addresses that `host` means. Throws `PORT_IN_USE`, or `BAD_CONFIG` for a host that is not ours. */
export async function listen(options: ListenOptions): Promise<Listener> {
  const { port, tries = 0, host = 'localhost', tls, patience = PATIENCE } = options;
  const addresses = addressesOf(host);
  for (let attempt = 0; ; attempt += 1) {
    const candidate = port === 0 ? 0 : port + attempt;
    const servers = await bindAll(candidate, addresses, patience);
    if (servers) return createListener(servers, tls);
    // A port that the system chose may be taken on the other address; then it chooses again.
    if (attempt >= (port === 0 ? 10 : tries) || candidate >= 65_535) {
      throw new MeetError('PORT_IN_USE', `Port ${port} is in use; pick another with --port.`, {
        detail: { port },
      });
    }
  }
}

interface Address {
  readonly host: string;
  /** Not every machine has IPv6. */
  readonly optional: boolean;
  /** IPv4 too, on one socket. */
  readonly both?: boolean;
}

/**
 * `localhost` is two addresses, and browsers ask ::1 first: with another program there, half of the visitors would land
 * in it. Loopback is always among the addresses, since the server asks its own emulator over it.
 */
function addressesOf(host: string): Address[] {
  if (host === '*') {
    return [
      { host: '0.0.0.0', optional: false },
      { host: '::', optional: true },
    ];
  }
  if (host === '::') return [{ host, optional: false, both: true }];
  const first = host === 'localhost' ? '127.0.0.1' : host;
  const hosts = first === '0.0.0.0' ? [first, '::1'] : [...new Set([first, '127.0.0.1', '::1'])];
  return hosts.map(each => ({ host: each, optional: each === '::1' && host !== '::1' }));
}

/** Null when one of the addresses is taken; then none stays bound. */
async function bindAll(
  port: number,
  addresses: readonly Address[],
  patience: Patience,
): Promise<Server[] | null> {
  const servers: Server[] = [];
  try {
    for (const address of addresses) {
      const server = await bind(portOf(servers[0]) ?? port, address, patience);
      if (server) servers.push(server);
    }
    return servers;
  } catch (error) {
    for (const server of servers) server.close();
    if (codeOf(error) === 'EADDRINUSE') return null;
    throw error;
  }
}

function makeServer({ headers, request, stalled, check }: Patience): Server {
  const server = createServer({
    maxHeaderSize: HEADER_BYTES,
    headersTimeout: headers,
    requestTimeout: request,
    connectionsCheckingInterval: check,
  });
  server.timeout = stalled;
  return server;
}

function bind(
  port: number,
  { host, optional, both = false }: Address,
  patience: Patience,
): Promise<Server | null> {
  const server = makeServer(patience);
  return new Promise((resolve, reject) => {
    server.once('error', error => {
      const code = codeOf(error);
      if (code === 'EADDRINUSE') reject(error);
      else if (optional) resolve(null);
      else reject(explain(code, host, port));
    });
    server.listen({ port, host, ipv6Only: isIP(host) === 6 && !both, exclusive: true }, () => {
      server.removeAllListeners('error');
      resolve(server);
    });
  });
}

function explain(code: string, host: string, port: number): MeetError {
  if (code === 'EACCES') {
    return new MeetError('BAD_CONFIG', `Port ${port} needs more rights; pick one above 1023 with --port.`);
  }
  return new MeetError(
    'BAD_CONFIG',
    `Cannot listen on ${host} (${code}); give --host an address of this machine.`,
  );
}

function createListener(servers: readonly Server[], tls: TlsFiles | undefined): Listener {
  const sockets = new Set<Socket>();
  let start: (listeners: { onRequest: RequestListener; onUpgrade: UpgradeListener }) => void;
  const started = new Promise<Parameters<typeof start>[0]>(resolve => {
    start = resolve;
  });
  const renewals: RenewTls[] = [];
  for (const server of servers) {
    if (tls) renewals.push(acceptTls(server, tls));
    server.on('connection', socket => {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
    });
    server.on('request', async (request, response) => (await started).onRequest(request, response));
    server.on('upgrade', async (request, socket, head) => {
      // Node has taken its own listeners off an upgraded socket: unheard, an error would end the process.
      socket.on('error', () => socket.destroy());
      (await started).onUpgrade(request, socket, head);
    });
  }
  let ended: Promise<unknown> | undefined;
  const refuse = () => {
    ended ??= Promise.all(servers.map(server => new Promise(resolve => server.close(resolve))));
    for (const server of servers) server.closeIdleConnections();
    return ended;
  };
  return {
    port: portOf(servers[0]) ?? 0,
    renewTls(files) {
      for (const renew of renewals) renew(files);
    },
    serve: (onRequest, onUpgrade) => start({ onRequest, onUpgrade }),
    refuse: () => void refuse(),
    async close(graceMs) {
      const ended = refuse();
      const cut = setTimeout(() => {
        for (const socket of sockets) socket.destroy();
      }, graceMs);
      await ended;
      clearTimeout(cut);
    },
  };
}

function portOf(server: Server | undefined): number | undefined {
  return (server?.address() as AddressInfo | null | undefined)?.port;
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
}
