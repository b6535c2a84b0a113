import { checkUid } from './access.ts';
import type { Meeting } from './meeting.ts';

type Hosts = Pick<Meeting, 'hosts'>;

/** The hosts after a wish; nothing given leaves them as they are, an empty list takes all back. Throws `BAD_REQUEST`. */
export function planHosts(before: Hosts | null, uids: readonly string[] | undefined): readonly string[] {
  return uids === undefined ? (before?.hosts ?? []) : [...new Set(uids.map(checkUid))];
}

/** Whether somebody is host before and not after: what was given out to them as host must die. */
export function losesHost(before: Hosts, hosts: readonly string[]): boolean {
  return !before.hosts.every(uid => hosts.includes(uid));
}
