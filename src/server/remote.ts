import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { TLSSocket } from 'node:tls';
import { type Contains, readAddress } from './networks.ts';

/** What both Node's requests and Fastify's have. */
export interface RemoteRequest {
  readonly headers: IncomingHttpHeaders;
  readonly socket: IncomingMessage['socket'];
}

interface Sender {
  readonly local: boolean;
  readonly encrypted: boolean;
  /** As the last proxy that is trusted saw it; the other end of the connection where there is none. */
  readonly address: string | undefined;
}

/** Kept with the headers, which Fastify's request and Node's share. No WeakMap, whose entries cost the garbage collector most. */
const SENDER = Symbol('sender');
type Known = IncomingHttpHeaders & { [SENDER]?: Sender };

function remember(headers: Known, sender: Sender): void {
  headers[SENDER] = sender;
}

/** The proxies in front of this server, whose word for where a request came from is taken. */
export interface Proxies {
  readonly trusts: Contains;
  /**
   * Reads what a trusted proxy says of a request: `X-Forwarded-For`, `-Proto`, and `-Host`, which takes the place of `Host`.
   * To be called before anything else looks at the request; of all others' headers nothing is believed.
   */
  read(request: RemoteRequest): void;
}

/** Nobody is trusted by default. */
export function createProxies(trusts: Contains = () => false): Proxies {
  return {
    trusts,
    read(request) {
      const { headers, socket } = request;
      const peer = socket.remoteAddress;
      const local = isLoopbackAddress(peer) && !isRelayed(headers);
      if (peer === undefined || !trusts(peer)) {
        remember(headers, { address: peer, local, encrypted: hasTls(socket) });
        return;
      }
      const address = clientOf(peer, entriesOf(headers, 'x-forwarded-for'), trusts);
      const scheme = entriesOf(headers, 'x-forwarded-proto').at(-1)?.toLowerCase();
      const host = entriesOf(headers, 'x-forwarded-host').at(-1);
      remember(headers, {
        address,
        local,
        encrypted: scheme === undefined ? hasTls(socket) : scheme === 'https',
      });
      if (host !== undefined) headers.host = host;
    },
  };
}

/** From the nearest hop outwards; whom the first that is not trusted names is hearsay. */
function clientOf(peer: string, hops: readonly string[], trusts: Contains): string {
  let client = peer;
  for (const hop of [...hops].reverse()) {
    if (!trusts(client)) break;
    client = readAddress(hop)?.toString() ?? hop;
  }
  return client;
}

/**
 * Whether a proxy on this machine, trusted or not, sends a request of another machine: then it has none of the rights of
 * this machine. A development server's that relays for a local browser has them. `Forwarded` (RFC 7239) and `Via` (RFC 9110,
 * 7.6.3) are not read, so whoever sends only those may relay for anybody.
 */
function isRelayed(headers: IncomingHttpHeaders): boolean {
  if (headers.forwarded !== undefined || headers.via !== undefined) return true;
  if (headers['x-forwarded-for'] === undefined && headers['x-real-ip'] === undefined) return false;
  const named = [...entriesOf(headers, 'x-forwarded-for'), ...entriesOf(headers, 'x-real-ip')];
  return named.some(hop => !isLoopbackAddress(readAddress(hop)?.toString()));
}

function entriesOf(headers: IncomingHttpHeaders, name: string): string[] {
  // Node joins the lines of a header that comes several times, in their order.
  const text = [headers[name] ?? []].flat().join(',');
  return text.split(',').flatMap(entry => entry.trim() || []);
}

function senderOf(request: RemoteRequest): Sender {
  const known = (request.headers as Known)[SENDER];
  if (known) return known;
  const address = request.socket.remoteAddress;
  return { address, local: isLoopbackAddress(address), encrypted: hasTls(request.socket) };
}

function hasTls(socket: IncomingMessage['socket']): boolean {
  return (socket as Partial<TLSSocket>).encrypted === true;
}

/** Whether a request came over our own TLS, or over that of a trusted proxy. */
export function isEncrypted(request: RemoteRequest): boolean {
  return senderOf(request).encrypted;
}

/** The same of headers alone, of a request that `Proxies.read` has read. */
export function isKnownEncrypted(headers: IncomingHttpHeaders): boolean {
  return (headers as Known)[SENDER]?.encrypted === true;
}

/** Whether whoever sent a request is on this machine, and so may what its owner may. */
export function isLocal(request: RemoteRequest): boolean {
  return senderOf(request).local;
}

/** The address a request came from. */
export function addressOf(request: RemoteRequest): string | undefined {
  return senderOf(request).address;
}

/** Whether the other end of a connection is on this machine. */
export function isLoopbackAddress(address: string | undefined): boolean {
  return address !== undefined && /^(::1|(::ffff:)?127\.\d+\.\d+\.\d+)$/.test(address);
}
