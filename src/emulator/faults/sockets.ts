import type { Duplex } from 'node:stream';
import type { Book } from './book.ts';
import type { Person, SocketKind } from './fault.ts';
import { createValve, type Valve } from './valve.ts';

/** The participants' WebSockets, as the faults see them. */
export interface Sockets {
  /**
   * Asked before an upgrade is answered. Gives the stream to use instead of `socket`, or null: refuse it (503).
   * `cut` closes the socket with a close frame.
   */
  open(socket: Duplex, of: SocketOwner, cut: () => void): Duplex | null;
}

export interface SocketOwner extends Person {
  readonly kind: SocketKind;
}

interface Line {
  readonly of: SocketOwner;
  readonly valve: Valve;
  readonly cut: () => void;
}

export function createSockets(book: Book): Sockets {
  const lines = new Set<Line>();

  const faultsOf = (of: SocketOwner) =>
    book.find('socket', of).filter(({ which }) => which === 'all' || which === of.kind);
  const follow = ({ of, valve, cut }: Line) => {
    const faults = faultsOf(of);
    if (faults.some(({ how }) => how === 'dead')) valve.freeze();
    else valve.thaw();
    if (faults.some(({ how }) => how === 'clean')) cut();
  };
  book.watch(() => {
    for (const line of [...lines]) follow(line);
  });

  return {
    open(socket, of, cut) {
      // Gone while its token was read: nothing would ever tell of its end.
      if (socket.destroyed || faultsOf(of).some(({ how }) => how === 'clean')) return null;
      const line = { of, valve: createValve(socket), cut };
      lines.add(line);
      // The inner one: a valve that stands still outlives the stream before it.
      socket.on('close', () => lines.delete(line));
      follow(line);
      return line.valve.stream;
    },
  };
}
