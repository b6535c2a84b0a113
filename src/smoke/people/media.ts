import type { Chronicle } from './chronicle.ts';
import { expectMedia } from './expect-media.ts';
import type { Happening } from './happening.ts';
import { askSnapshot, type Person } from './person.ts';
import { recogniseHue, recogniseTone } from './recognise.ts';
import type { Snapshot } from './snapshot.ts';

/** What one person was proven to get from the others. */
export interface MediaProof {
  readonly sees: readonly string[];
  readonly hears: readonly string[];
  readonly framesDecoded: number;
  /** Of somebody whom the browser denied her devices: what became of her, in words. */
  readonly refused?: string;
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
 * Waits until everybody sees and hears everybody else who shows or says something: five frames decoded of each, the
 * right hue with two counter values, the right tone. Resolves to the instant (milliseconds since the epoch) when the
 * last five frames were decoded, or, where nobody has a camera, when the last tone was heard.
 */
export async function proveMedia(people: readonly Person[], wait: MediaWait): Promise<number> {
  const proofs = expectMedia(people).map(async ({ receiver, sender, medium }) => {
    const story = { chronicle: receiver.chronicle, ...waitOf(receiver, wait) };
    const proof =
      medium === 'video'
        ? await untilWatched(story, hue => recogniseHue(hue, people) === sender)
        : await untilHeard(story, hertz => recogniseTone(hertz, people) === sender);
    return { medium, t: proof.t };
  });
  const proven = await Promise.all(proofs);
  const watched = proven.filter(({ medium }) => medium === 'video');
  return Math.max(...(watched.length > 0 ? watched : proven).map(({ t }) => t));
}

interface Story extends StoryWait {
  readonly chronicle: Chronicle;
}

/** The five frames are of the very track that shows the hue. */
function untilWatched(
  { chronicle, from, signal }: Story,
  fits: (hue: number) => boolean,
): Promise<Happening> {
  const shows = (track: string) =>
    chronicle.since('seen', from).some(seen => seen.track === track && fits(seen.hue));
  return chronicle.until({ kind: 'decoding', fits: ({ track }) => shows(track), from, signal });
}

function untilHeard(
  { chronicle, from, signal }: Story,
  fits: (hertz: number) => boolean,
): Promise<Happening> {
  return chronicle.until({ kind: 'heard', fits: ({ hertz }) => fits(hertz), from, signal });
}

interface StoryWait {
  readonly from: number;
  readonly signal: AbortSignal;
}

function waitOf(person: Person, { marks, signal }: MediaWait): StoryWait {
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
        framesDecoded: Math.max(provenFrames(person), snapshot ? decodedFrames(snapshot) : 0),
      },
    ];
  });
  return new Map(await Promise.all(proofs));
}

function namesOf(people: readonly (Person | undefined)[]): string[] {
  return [...new Set(people.flatMap(person => (person ? [person.name] : [])))];
}

/** What a page has told already is known also where it is too busy to be asked. */
function provenFrames({ chronicle }: Person): number {
  return chronicle.since('decoding').reduce((sum, { frames }) => sum + frames, 0);
}

function decodedFrames({ connections }: Snapshot): number {
  const inbound = connections.flatMap(connection => connection.inbound);
  return inbound.reduce((frames, stream) => frames + stream.frames, 0);
}
