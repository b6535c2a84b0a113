import { findNearest } from '../../core/nearest.ts';
import type { Environment } from '../context.ts';
import { NAMES } from './names.ts';

/** A variable that nobody reads. */
export interface UnknownName {
  readonly name: string;
  /** What to do about it. */
  readonly fix: string;
}

// What Kubernetes makes of a service that is called meet, meet-db and the like (kubernetes.io/docs/concepts/services-networking).
const OF_A_SERVICE = /_SERVICE_(HOST|PORT(_\w+)?)$|_PORT_\d+_(TCP|UDP|SCTP)(_\w+)?$/;
const ADDRESS_OF_A_SERVICE = /^(tcp|udp|sctp):\/\//;

/**
 * The variables that begin as ours do, and are none: somebody has a name wrong, and believes guests to be off. CometChat's
 * prefix is everybody's who builds on it, so there only what looks like one of ours counts.
 */
export function findUnknownNames(env: Environment): readonly UnknownName[] {
  return Object.entries(env).flatMap(([name, value]) => {
    const [, prefix] = name.match(/^(MEET_|COMETCHAT_)/) ?? [];
    if (!prefix || !value || NAMES.has(name) || isOfService(name, value)) return [];
    const near = nearestOf(name, prefix);
    if (near) return [{ name, fix: `did you mean ${near}?` }];
    return prefix === 'MEET_' ? [{ name, fix: 'see docs/settings.md for those that are, or unset it' }] : [];
  });
}

const isOfService = (name: string, value: string) =>
  OF_A_SERVICE.test(name) || ADDRESS_OF_A_SERVICE.test(value);

/** Compared without the prefix, which would make all of them near. */
function nearestOf(name: string, prefix: string): string | null {
  const rests = [...NAMES].flatMap(known =>
    known.startsWith(prefix) ? known.slice(prefix.length).toLowerCase() : [],
  );
  const near = findNearest(name.slice(prefix.length), rests);
  return near && prefix + near.toUpperCase();
}
