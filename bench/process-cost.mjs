// What another process costs, from Linux' /proc: it needs no cooperation, so it can't disturb what is measured.
import { readFileSync } from 'node:fs';

/** Clock ticks a second; the kernel shows user space 100 on every architecture. */
const TICKS = 100;

/** CPU seconds used so far, and resident megabytes. */
export function readCost(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The name in parentheses may hold spaces: count behind it. Fields 14 and 15 are user and system time.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const seconds = (Number(fields[11]) + Number(fields[12])) / TICKS;
  const resident = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024;
  return { seconds, megabytes: resident };
}
