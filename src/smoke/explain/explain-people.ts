import type { Cast } from '../people/cast.ts';
import type { Chronicle } from '../people/chronicle.ts';
import { type Expected, expectMedia } from '../people/expect-media.ts';
import { askSnapshot, type Person } from '../people/person.ts';
import { recogniseHue, recogniseTone } from '../people/recognise.ts';
import type { Snapshot } from '../people/snapshot.ts';
import { explainCamera, explainMissing } from './explain-media.ts';
import { explainStuck } from './explain-page.ts';
import { blameProfile, readProfile } from './explain-profile.ts';

/** Everybody who has not joined, with the reason; '' when all have. */
export async function explainStuckPeople(people: readonly Person[]): Promise<string> {
  return explainEach(people, (person, snapshot) => {
    const { name, chronicle, pageErrors } = person;
    const state = chronicle.since('state').at(-1)?.state;
    const step = readStep(chronicle);
    return state === 'joined' ? null : explainStuck({ name, state, step, snapshot, pageErrors });
  });
}

/** How far our page's last join came, by its list of events. */
function readStep(chronicle: Chronicle): string | undefined {
  const steps = chronicle.since('event').filter(({ name }) => name.startsWith(STEP));
  return steps.at(-1)?.name.slice(STEP.length);
}

const STEP = 'phase:';

/** Everybody's camera that is not sending, with the reason; '' when all are. */
export async function explainCameras(
  people: readonly Person[],
  { sameProfile = false }: Partial<Cast> = {},
): Promise<string> {
  return explainEach(people, async (person, snapshot) => {
    if (!snapshot) return `${person.name}'s page does not answer any more`;
    const reason = explainCamera(person.name, snapshot);
    if (!reason || !sameProfile) return reason;
    const refusals = person.chronicle.since('refused').map(({ error }) => error);
    return blameProfile(person.name, { reason, view: await readProfile(person), refusals });
  });
}

/** Every picture or tone that has not arrived since the marks, with the reason; '' when all have. */
export async function explainMedia(
  people: readonly Person[],
  marks: ReadonlyMap<Person, number>,
): Promise<string> {
  const snapshots = new Map<Person, Snapshot | null>();
  await Promise.all(people.map(async person => snapshots.set(person, await askSnapshot(person))));
  const reasons = findMissing(people, marks).map(({ receiver, sender, medium }) =>
    explainMissing({
      medium,
      sender: sender.name,
      receiver: receiver.name,
      sent: snapshots.get(sender) ?? null,
      received: snapshots.get(receiver) ?? null,
    }),
  );
  const slow = people.filter(person => {
    const pictures = expectMedia(people).filter(
      ({ receiver, medium }) => receiver === person && medium === 'video',
    );
    return person.chronicle.since('decoding', marks.get(person)).length < pictures.length;
  });
  return (
    [...new Set(reasons)].join('; ') ||
    `${slow.map(({ name }) => name).join(' and ')} decoded fewer than five frames${people.length > 2 ? ' of somebody' : ''}`
  );
}

async function explainEach(
  people: readonly Person[],
  explain: (person: Person, snapshot: Snapshot | null) => string | null | Promise<string | null>,
): Promise<string> {
  const reasons = await Promise.all(people.map(async person => explain(person, await askSnapshot(person))));
  return reasons.filter(Boolean).join('; ');
}

/** What is expected and not there; of one sender the picture first, since the sound has the same reason as a rule. */
function findMissing(people: readonly Person[], marks: ReadonlyMap<Person, number>): Expected<Person>[] {
  const missing = expectMedia(people).filter(
    ({ receiver, sender, medium }) =>
      !perceives(receiver, marks.get(receiver) ?? 0, people)[medium].has(sender),
  );
  return missing.filter(
    ({ receiver, sender, medium }) =>
      medium === 'video' ||
      !missing.some(
        other => other.receiver === receiver && other.sender === sender && other.medium === 'video',
      ),
  );
}

function perceives({ chronicle }: Person, from: number, people: readonly Person[]) {
  return {
    video: new Set(chronicle.since('seen', from).map(({ hue }) => recogniseHue(hue, people))),
    audio: new Set(chronicle.since('heard', from).map(({ hertz }) => recogniseTone(hertz, people))),
  };
}
