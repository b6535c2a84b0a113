import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import {
  explainCameras,
  explainMedia,
  explainStuckPeople,
} from '../../../src/smoke/explain/explain-people.ts';
import { signalAt } from '../../../src/smoke/people/cast.ts';
import { createChronicle } from '../../../src/smoke/people/chronicle.ts';
import type { Happening } from '../../../src/smoke/people/happening.ts';
import type { Person } from '../../../src/smoke/people/person.ts';
import type { Snapshot } from '../../../src/smoke/people/snapshot.ts';
import { healthyConnection, healthySnapshot } from '../snapshots.ts';

/** Somebody whose browser answers with a snapshot, and has told what it told. */
function personWith(name: 'alice' | 'bob', snapshot: Snapshot | null, told: readonly Happening[]): Person {
  const chronicle = createChronicle();
  for (const happening of told) chronicle.add(happening);
  const page = { frames: () => [{ evaluate: async () => snapshot }] } as unknown as Page;
  const signal = signalAt(name === 'alice' ? 0 : 1);
  return { name, role: 'full', signal, chronicle, page, hear() {}, pageErrors: [] };
}

const meets = (hue: number, hertz: number): Happening[] => [
  { t: 1, kind: 'state', state: 'joined' },
  { t: 2, kind: 'seen', track: 'x', hue, counters: [1, 2] },
  { t: 3, kind: 'heard', hertz },
  { t: 4, kind: 'decoding', track: 'x', frames: 5 },
];
const happyAlice = () => personWith('alice', healthySnapshot(), meets(120, 1030));
const happyBob = () => personWith('bob', healthySnapshot(), meets(0, 440));
const blind = healthySnapshot({
  cameraRequests: [],
  connections: [healthyConnection({ videoSenders: 0, outbound: [] })],
});

describe('explainMedia', () => {
  it('blames the camera that never started, and only that', async () => {
    const alice = personWith('alice', healthySnapshot(), meets(120, 1030).slice(0, 1));
    const words = await explainMedia([alice, personWith('bob', blind, meets(0, 440))], new Map());
    expect(words).toBe("bob's camera never started: the page did not ask for it");
  });

  it('tells sound that is missing where the picture is there', async () => {
    const alice = personWith('alice', healthySnapshot(), meets(120, 9999));
    const words = await explainMedia([alice, happyBob()], new Map());
    expect(words).toBe("alice gets audio, but does not hear bob's tone in it");
  });

  it('sees only what came after a mark', async () => {
    const alice = happyAlice();
    const words = await explainMedia([alice, happyBob()], new Map([[alice, alice.chronicle.mark()]]));
    expect(words).toBe("alice sees hue 120 where bob's moving picture should be");
  });

  it('tells who decoded too little when all else is there', async () => {
    const alice = personWith('alice', healthySnapshot(), meets(120, 1030).slice(0, 3));
    expect(await explainMedia([alice, happyBob()], new Map())).toBe('alice decoded fewer than five frames');
  });
});

describe('explainStuckPeople', () => {
  it('tells those who have not joined, not those who have', async () => {
    const bob = personWith('bob', healthySnapshot(), [{ t: 1, kind: 'state', state: 'loading' }]);
    expect(await explainStuckPeople([happyAlice(), bob])).toBe("bob's page stayed loading");
  });

  it('tells the last step of a join', async () => {
    const steps = ['phase:token', 'phase:sdk'].map(name => ({ t: 2, kind: 'event', name }) as const);
    const bob = personWith('bob', healthySnapshot(), [{ t: 1, kind: 'state', state: 'joining' }, ...steps]);
    expect(await explainStuckPeople([bob])).toBe(
      "bob never joined: the SDK's script did not come to its end",
    );
  });
});

describe('explainCameras', () => {
  it('tells each camera that does not send', async () => {
    const people = [personWith('alice', null, []), personWith('bob', blind, []), happyBob()];
    expect(await explainCameras(people)).toBe(
      "alice's page does not answer any more; bob's camera never started: the page did not ask for it",
    );
  });
});
