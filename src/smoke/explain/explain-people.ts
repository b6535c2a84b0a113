import { askSnapshot, type Person } from '../people/person.ts';
import { recogniseHue, recogniseTone } from '../people/recognise.ts';
import type { Snapshot } from '../people/snapshot.ts';
import { explainCamera, explainMissing } from './explain-media.ts';
import { explainStuck } from './explain-page.ts';

/** Everybody who has not joined, with the reason; '' when all have. */
export async function explainStuckPeople(people: readonly Person[]): Promise<string> {
  return explainEach(people, (person, snapshot) => {
    const state = person.chronicle.since('state').at(-1)?.state;
    const { name, pageErrors } = person;
    return state === 'joined' ? null : explainStuck({ name, state, snapshot, pageErrors });
  });
}

/** Everybody's camera that is not sending, with the reason; '' when all are. */
export async function explainCameras(people: readonly Person[]): Promise<string> {
  return explainEach(people, ({ name }, snapshot) =>
    snapshot ? explainCamera(name, snapshot) : `${name}'s page does not answer any more`,
  );
}

/** Every picture or tone that has not arrived since the marks, with the reason; '' when all have. */
export async function explainMedia(
  people: readonly Person[],
  marks: ReadonlyMap<Person, number>,
): Promise<string> {
  const snapshots = new Map<Person, Snapshot | null>();
  await Promise.all(people.map(async person => snapshots.set(person, await askSnapshot(person))));
  const reasons = people.flatMap(receiver =>
    missingSenders(receiver, people, marks.get(receiver) ?? 0).map(({ sender, medium }) =>
      explainMissing({
        medium,
        sender: sender.name,
        receiver: receiver.name,
        sent: snapshots.get(sender) ?? null,
        received: snapshots.get(receiver) ?? null,
      }),
    ),
  );
  const slow = people.filter(person => person.chronicle.since('decoding', marks.get(person)).length === 0);
  return (
    [...new Set(reasons)].join('; ') ||
    `${slow.map(({ name }) => name).join(' and ')} decoded fewer than five frames`
  );
}

async function explainEach(
  people: readonly Person[],
  explain: (person: Person, snapshot: Snapshot | null) => string | null,
): Promise<string> {
  const reasons = await Promise.all(people.map(async person => explain(person, await askSnapshot(person))));
  return reasons.filter(Boolean).join('; ');
}

/** Whom somebody does not perceive; the picture first, since the sound has the same reason as a rule. */
function missingSenders(
  receiver: Person,
  people: readonly Person[],
  from: number,
): { sender: Person; medium: 'video' | 'audio' }[] {
  const { chronicle } = receiver;
  const seen = chronicle.since('seen', from).map(({ hue }) => recogniseHue(hue, people));
  const heard = chronicle.since('heard', from).map(({ hertz }) => recogniseTone(hertz, people));
  return people.flatMap(sender => {
    if (sender === receiver || (seen.includes(sender) && heard.includes(sender))) return [];
    return [{ sender, medium: seen.includes(sender) ? ('audio' as const) : ('video' as const) }];
  });
}
