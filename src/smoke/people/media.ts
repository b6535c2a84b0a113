import { askSnapshot, type Person } from './person.ts';
import { recogniseHue, recogniseTone } from './recognise.ts';
import type { Snapshot } from './snapshot.ts';

/** What one person was proven to get from the others. */
export interface MediaProof {
  readonly sees: readonly string[];
  readonly hears: readonly string[];
  readonly framesDecoded: number;
}

export interface MediaWait {
  /** Where each person's story stood when the wait was armed. */
  readonly marks: ReadonlyMap<Person, number>;
  readonly signal: AbortSignal;
}

/** Remembers where everybody's story stands, before the action that a wait is for. */
export function markAll(people: readonly Person[]): ReadonlyMap<Person, number> {
  return new Map(people.map(person => [person, person.chronicle.mark()]));
}

/**
 * Waits until everybody sees and hears everybody else: five frames decoded, the right hue with two counter values,
 * the right tone. Resolves to the instant (milliseconds since the epoch) when the last had decoded five frames.
 */
export async function proveMedia(people: readonly Person[], wait: MediaWait): Promise<number> {
  const decoded = people.map(async receiver => {
    const others = people.filter(person => person !== receiver);
    const { t } = await receiver.chronicle.until({ kind: 'decoding', ...waitOf(receiver, wait) });
    await Promise.all(others.map(sender => perceive(receiver, sender, people, wait)));
    return t;
  });
  return Math.max(...(await Promise.all(decoded)));
}

async function perceive(
  receiver: Person,
  sender: Person,
  people: readonly Person[],
  wait: MediaWait,
): Promise<void> {
  const { chronicle } = receiver;
  await Promise.all([
    chronicle.until({
      kind: 'seen',
      fits: ({ hue }) => recogniseHue(hue, people) === sender,
      ...waitOf(receiver, wait),
    }),
    chronicle.until({
      kind: 'heard',
      fits: ({ hertz }) => recogniseTone(hertz, people) === sender,
      ...waitOf(receiver, wait),
    }),
  ]);
}

function waitOf(person: Person, { marks, signal }: MediaWait): { from: number; signal: AbortSignal } {
  return { from: marks.get(person) ?? 0, signal };
}

/** What was proven so far; a partial report has gaps in it. */
export async function readProofs(people: readonly Person[]): Promise<Map<Person, MediaProof>> {
  const proofs = people.map(async (person): Promise<[Person, MediaProof]> => {
    const snapshot = await askSnapshot(person);
    return [
      person,
      {
        sees: namesOf(person.chronicle.since('seen').map(({ hue }) => recogniseHue(hue, people))),
        hears: namesOf(person.chronicle.since('heard').map(({ hertz }) => recogniseTone(hertz, people))),
        framesDecoded: snapshot ? decodedFrames(snapshot) : 0,
      },
    ];
  });
  return new Map(await Promise.all(proofs));
}

function namesOf(people: readonly (Person | undefined)[]): string[] {
  return [...new Set(people.flatMap(person => (person ? [person.name] : [])))];
}

function decodedFrames({ connections }: Snapshot): number {
  const inbound = connections.flatMap(connection => connection.inbound);
  return inbound.reduce((frames, stream) => frames + stream.frames, 0);
}
