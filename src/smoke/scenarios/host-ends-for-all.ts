import { countRemains } from '../acts/clean-up.ts';
import { markAll } from '../people/media.ts';
import { askSnapshot, type Person } from '../people/person.ts';
import { SECOND } from '../scene.ts';
import { meetInPairs } from './pair.ts';
import { describeSilence } from './press.ts';
import type { Scenario } from './scenario.ts';
import { within } from './within.ts';

/** SDK v4 takes one second to leave; the command reaches the others in a moment. */
const BUDGET_MS = 5 * SECOND;
const ASK_LIMIT_MS = 5 * SECOND;

export const hostEndsForAll: Scenario = {
  name: 'host-ends-for-all',
  title: 'the host ends the call for everybody: every page leaves, and gives everything back',
  limitMs: 60 * SECOND,
  unfit: () => null,
  async play(stage) {
    const { people, alice, bob } = await meetInPairs(stage);
    const { scene, signal } = stage;
    const marks = markAll(people);
    const endedAt = scene.options.now();
    const ask = { ms: ASK_LIMIT_MS, signal, explain: () => describeSilence(alice) };
    if (!(await within(ask, () => endForAll(alice))))
      return { skipped: true, detail: `${alice.name}'s page has no global CometChatCalls to end it with` };
    const explain = async () =>
      `${alice.name} ended the call for all, but ${await describeStaying(people, marks)}`;
    const untilQuiet = async (person: Person, limited: AbortSignal) => {
      const wait = { from: marks.get(person) ?? 0, signal: limited };
      return (await person.chronicle.until({ kind: 'quiet', ...wait })).t - endedAt;
    };
    const [hostMs, otherMs] = await within({ ms: BUDGET_MS, signal, explain }, limited =>
      Promise.all([untilQuiet(alice, limited), untilQuiet(bob, limited)]),
    );
    return {
      detail: `${alice.name} ended the call for all, ${bob.name}'s page had left after ${otherMs} ms and holds nothing`,
      figures: { hostMs, otherMs },
    };
  },
};

/** What the pages hold that have not given everything back since their marks. */
async function describeStaying(
  people: readonly Person[],
  marks: ReadonlyMap<Person, number>,
): Promise<string> {
  const staying = people.filter(person => person.chronicle.since('quiet', marks.get(person)).length === 0);
  const words = staying.map(async person => {
    const snapshot = await askSnapshot(person);
    if (!snapshot) return describeSilence(person);
    const { openConnections, liveTracks } = countRemains(snapshot);
    return `${person.name}'s page holds ${openConnections} open connections and ${liveTracks} live tracks`;
  });
  return (await Promise.all(words)).join('; ');
}

interface SdkGlobals {
  readonly CometChatCalls?: { endSessionForAll?(): void; endSession?(): void };
  readonly room?: { sendCommand?(name: string, values: object): void; myUserId?(): string };
}

/**
 * By the SDK, as its own button for hosts does. v4 shows that button in webinars only and has no method for it: it sends this
 * command, and leaves itself. False where there is neither.
 */
async function endForAll({ page }: Person): Promise<boolean> {
  for (const frame of page.frames()) {
    const done = await frame
      .evaluate(() => {
        const { CometChatCalls: sdk, room } = globalThis as SdkGlobals;
        if (sdk?.endSessionForAll) {
          sdk.endSessionForAll();
          return true;
        }
        if (!sdk?.endSession || !room?.sendCommand) return false;
        room.sendCommand('endSessionForAll', { value: room.myUserId?.() });
        sdk.endSession();
        return true;
      })
      .catch(() => false);
    if (done) return true;
  }
  return false;
}
