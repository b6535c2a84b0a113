import type { Browser } from 'playwright-core';
import { readProbe } from '../browser/launch.ts';
import type { PhaseRunner } from '../phase-runner.ts';
import type { Scene, SmokeOptions } from '../scene.ts';
import { type Cast, type CastMember, signalAt } from './cast.ts';
import { invitePerson, type Person } from './person.ts';
import { openProfile } from './profile.ts';

/** What people are invited to, as far as it matters here. */
export interface Host extends Pick<Scene, 'watchers' | 'undo'> {
  readonly options: Pick<SmokeOptions, 'probeFile' | 'prepare'>;
  readonly runner: Pick<PhaseRunner, 'collapse'>;
}

/** Gives everybody of a cast an empty tab, watched from its first moment. */
export async function inviteCompany(
  { options, watchers, runner, undo }: Host,
  browserOf: (member: CastMember) => Browser,
  { members, sameProfile }: Cast,
  onCrash: (name: string) => void = name => runner.collapse(`${name}'s tab crashed`),
): Promise<Person[]> {
  const probe = await readProbe(options.probeFile);
  const [first] = members;
  const shared = sameProfile && first ? openProfile(browserOf(first), members.length) : undefined;
  return Promise.all(
    members.map(async (member, index) => {
      const { name, role } = member;
      const profile = await (shared ?? openProfile(browserOf(member), members.length));
      undo(() => profile.context.close().catch(() => {}));
      const person = await invitePerson(profile, {
        name,
        role,
        signal: signalAt(index),
        probe,
        people: members.length,
        onCrash: () => onCrash(name),
      });
      await options.prepare?.(person.page, runner.collapse);
      await Promise.all(watchers.map(watcher => watcher.onPerson?.(person)));
      return person;
    }),
  );
}
