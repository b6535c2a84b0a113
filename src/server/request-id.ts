import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Contains } from './networks.ts';

/** What may stand in a log line and an audit row as it is. */
const SANE = /^[\w.:/+=-]{8,128}$/;

/** Names a request: as a trusted proxy has it already, so that its log and ours can be put together, else anew. */
export function createRequestIds(trusts: Contains = () => false): (request: IncomingMessage) => string {
  return ({ headers, socket }) => {
    const given = headers['x-request-id'];
    const peer = socket?.remoteAddress;
    const isTold = typeof given === 'string' && peer !== undefined && trusts(peer) && SANE.test(given);
    return isTold ? given : randomUUID();
  };
}
