import { describe, expect, it } from 'vitest';
import { createSpeakers, type SpeakerChange, type Speakers } from '../../../src/emulator/bridge/speaker.ts';

const PACKET_MS = 20;
const SPEECH = 25;
const QUIET = 127;

/** Somebody's sound: a level for the time since the scene began. */
type Sound = (ms: number) => number;
const always =
  (level: number): Sound =>
  () =>
    level;
const between =
  (from: number, to: number): Sound =>
  ms =>
    ms >= from && ms < to ? SPEECH : QUIET;
const both =
  (a: Sound, b: Sound): Sound =>
  ms =>
    Math.min(a(ms), b(ms));
/** Words of 400 ms with pauses of 300 ms. */
const words: Sound = ms => (ms % 700 < 400 ? SPEECH : QUIET);

interface Told extends SpeakerChange {
  readonly at: number;
}

/** Plays everybody's packets to the detector and collects what it tells. */
function play(speakers: Speakers, sounds: Record<string, Sound>, forMs: number): Told[] {
  const told: Told[] = [];
  for (let at = 0; at < forMs; at += PACKET_MS)
    for (const [id, sound] of Object.entries(sounds)) {
      const change = speakers.observe(id, sound(at), 1_000_000 + at);
      if (change) told.push({ at, ...change });
    }
  return told;
}
const whoAndWhen = (told: readonly Told[]) => told.map(({ at, dominant }) => [dominant, at]);

describe('the dominant speaker', () => {
  it('is nobody while all are quiet', () => {
    const speakers = createSpeakers();
    expect(play(speakers, { alice: always(QUIET), bob: always(60) }, 5_000)).toEqual([]);
    expect(speakers.order).toEqual([]);
  });

  it('is the first who makes a sound, at once', () => {
    const told = play(createSpeakers(), { alice: always(QUIET), bob: between(1_000, 3_000) }, 2_000);
    expect(told).toEqual([{ at: 1_000, dominant: 'bob', previous: [], silence: false }]);
  });

  it('changes within 1.5 s when one stops and another begins', () => {
    const told = play(createSpeakers(), { alice: between(0, 8_000), bob: between(8_000, 12_000) }, 12_000);
    expect(told.map(({ dominant }) => dominant)).toEqual(['alice', 'bob']);
    expect(told[1]?.at).toBeGreaterThan(8_500);
    expect(told[1]?.at).toBeLessThan(9_500);
    expect(told[1]?.previous).toEqual(['alice']);
  });

  it('changes within half a second after a silence', () => {
    const told = play(createSpeakers(), { alice: between(0, 2_000), bob: between(12_000, 14_000) }, 14_000);
    const bob = told.find(({ dominant }) => dominant === 'bob');
    expect(bob?.at).toBeLessThan(12_500);
  });

  it.each([
    ['a cough of 300 ms', between(5_000, 5_300)],
    ['clicks', (ms: number) => (ms % 500 < 20 ? 0 : QUIET)],
    ['a fan', always(45)],
    ['as many words at the same time', words],
  ])('stays with who speaks in words, through %s of another', (_name, noise) => {
    const told = play(
      createSpeakers(),
      { alice: words, bob: ms => (ms < 2_000 ? QUIET : noise(ms)) },
      20_000,
    );
    expect(whoAndWhen(told)).toEqual([['alice', 0]]);
  });

  it('does not flap between two who talk at once', () => {
    const told = play(createSpeakers(), { alice: words, bob: ms => words(ms + 350) }, 60_000);
    expect(told.length).toBeLessThanOrEqual(2);
  });

  it('remembers who spoke before, latest first', () => {
    const speakers = createSpeakers();
    play(
      speakers,
      { alice: between(0, 2_000), bob: between(4_000, 8_000), carol: between(10_000, 14_000) },
      14_000,
    );
    expect(speakers.order).toEqual(['carol', 'bob', 'alice']);
  });

  it('is silent some seconds after the last word, which is told once, as is the next word', () => {
    const told = play(createSpeakers(), { alice: both(between(0, 2_000), between(9_000, 10_000)) }, 11_000);
    expect(told.map(({ silence }) => silence)).toEqual([false, true, false]);
    expect(told[1]?.at).toBeGreaterThan(4_000);
    expect(told[1]?.at).toBeLessThan(8_000);
    expect(told[2]?.at).toBeLessThan(9_500);
  });

  it('is silent too when packets stop altogether', () => {
    const speakers = createSpeakers();
    play(speakers, { alice: always(SPEECH) }, 2_000);
    expect(speakers.settle(1_002_500)).toBeNull();
    expect(speakers.settle(1_010_000)).toMatchObject({ dominant: 'alice', silence: true });
    expect(speakers.settle(1_011_000)).toBeNull();
  });

  it('gives way when it leaves, to who was before, or to nobody', () => {
    const speakers = createSpeakers();
    play(speakers, { alice: between(0, 2_000), bob: between(4_000, 6_000) }, 6_000);
    expect(speakers.forget('carol')).toBeNull();
    expect(speakers.forget('bob')).toEqual({ dominant: 'alice', previous: [], silence: false });
    expect(speakers.forget('alice')).toMatchObject({ dominant: null, previous: [] });
    expect(speakers.order).toEqual([]);
  });

  it('is found also when packets come late and in bursts', () => {
    const speakers = createSpeakers();
    const told: (string | null)[] = [];
    for (let burst = 0; burst < 50; burst += 1)
      for (let packet = 0; packet < 10; packet += 1) {
        const level = burst < 25 ? SPEECH : QUIET;
        const change =
          speakers.observe('alice', level, burst * 200) ?? speakers.observe('bob', 152 - level, burst * 200);
        if (change) told.push(change.dominant);
      }
    expect(told).toEqual(['alice', 'bob']);
  });
});
