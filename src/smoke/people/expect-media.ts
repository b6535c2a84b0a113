import { type Role, sends } from './cast.ts';
import type { StreamSnapshot } from './snapshot.ts';

interface Playing {
  readonly role: Role;
}

/** Something that somebody has to get from somebody else. */
export interface Expected<P> {
  readonly receiver: P;
  readonly sender: P;
  readonly medium: StreamSnapshot['media'];
}

/** Every picture and tone that must arrive when these people are in one call; who is denied is not expected to be. Pure. */
export function expectMedia<P extends Playing>(people: readonly P[]): Expected<P>[] {
  const inside = peopleInside(people);
  return inside.flatMap(receiver =>
    inside
      .filter(sender => sender !== receiver)
      .flatMap(sender =>
        (['video', 'audio'] as const)
          .filter(medium => sends(sender.role, medium))
          .map(medium => ({ receiver, sender, medium })),
      ),
  );
}

/** Those who have to get into the call. */
export function peopleInside<P extends Playing>(people: readonly P[]): P[] {
  return people.filter(({ role }) => role !== 'denied');
}

/** By what the others notice that somebody has gone: the picture where there is one. Null: by nothing. */
export function signOf({ role }: Playing): StreamSnapshot['media'] | null {
  return (['video', 'audio'] as const).find(medium => sends(role, medium)) ?? null;
}

/** Who leaves and comes back: the first whom the others see, else hear. */
export function chooseLeaver<P extends Playing>(people: readonly P[]): P | undefined {
  return (
    people.find(person => signOf(person) === 'video') ?? people.find(person => signOf(person) === 'audio')
  );
}
