import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

interface Listener {
  readonly pid: number;
  readonly name: string;
}

/** State 0A of a socket in Linux' tables: it listens. */
const LISTENS = '0A';

/** Who listens on a port: told by Linux, of processes of one's own (proc(5), /proc/net/tcp). Null where nobody knows. */
export function findListener(port: number): Listener | null {
  const sockets = new Set(['/proc/net/tcp', '/proc/net/tcp6'].flatMap(table => inodesAt(table, port)));
  if (sockets.size === 0) return null;
  const pids = list('/proc').filter(name => /^\d+$/.test(name));
  const pid = pids.find(each =>
    list(`/proc/${each}/fd`).some(fd => sockets.has(orEmpty(() => readlinkSync(`/proc/${each}/fd/${fd}`)))),
  );
  return pid ? { pid: Number(pid), name: read(`/proc/${pid}/comm`).trim() } : null;
}

function inodesAt(table: string, port: number): string[] {
  const ending = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  return read(table)
    .split('\n')
    .map(line => line.trim().split(/\s+/))
    .filter(columns => columns[1]?.endsWith(ending) && columns[3] === LISTENS)
    .map(columns => `socket:[${columns[9]}]`);
}

const read = (file: string) => orEmpty(() => readFileSync(file, 'utf8'));

function list(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** Processes end while we look, and others' are not for us. */
function orEmpty(look: () => string): string {
  try {
    return look();
  } catch {
    return '';
  }
}
