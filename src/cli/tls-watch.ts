import type { TlsFiles } from '../server/tls.ts';
import type { Environment } from './context.ts';
import type { DataFolder } from './data-folder.ts';
import { certifiedNames, type Machine, ownNames, thisMachine } from './host-name.ts';
import { watchLinks } from './link-watch.ts';
import { type OwnTls, openTls } from './tls-files.ts';

/** How often names, addresses and dates are looked at, in milliseconds: who changed networks waits no longer. */
const LOOK_MS = 60_000;

export interface TlsWatchOptions {
  readonly folder: DataFolder;
  readonly host: string;
  /** The name or address that links have, as a URL has it. */
  readonly linkName: string;
  /** Where mkcert is looked for. */
  readonly env: Environment;
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
  readonly machine?: () => Machine;
  /** Told of a new certificate, for connections from now on. */
  readonly onRenewed: (files: TlsFiles) => void;
  /** Told what went wrong, once until it goes well again, and what the owner should know of a new certificate or address. */
  readonly onNote: (note: string) => void;
}

/** A server's certificate, which fits the machine for as long as the server runs. */
export interface TlsWatch {
  readonly current: OwnTls;
  /** Under which names the server is reached now. */
  names(): readonly string[];
  /** Looks now, tells when links lead elsewhere, and renews what does not fit any more. */
  look(): Promise<void>;
  stop(): void;
}

/** Opens the certificate and keeps it good. Throws what `openTls` throws, the first time. */
export async function watchTls(options: TlsWatchOptions): Promise<TlsWatch> {
  const { folder, host, env, now = Date.now, machine: look = thisMachine, onRenewed, onNote } = options;
  let machine = look();
  let failure: string | null = null;
  const open = () => openTls(folder, { names: certifiedNames(host, machine), env, now: now() });
  let current = await open();

  const tellOfLinks = watchLinks(options.linkName, machine, onNote);
  const renew = async () => {
    if (current.fits(certifiedNames(host, machine), now())) return;
    try {
      const next = await open();
      failure = null;
      if (next.cert === current.cert && next.key === current.key) return;
      current = next;
      onRenewed(next);
      for (const note of next.trust.notes) onNote(note);
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      // Every minute the same would bury the terminal.
      if (text !== failure) onNote(`The certificate could not be renewed: ${text}`);
      failure = text;
    }
  };
  const lookAround = async () => {
    machine = look();
    await renew();
    await tellOfLinks(machine);
  };
  const timer = setInterval(lookAround, LOOK_MS).unref();

  return {
    get current() {
      return current;
    },
    names: () => ownNames(host, machine),
    look: lookAround,
    stop: () => clearInterval(timer),
  };
}
