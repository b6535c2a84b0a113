import { createHash } from 'node:crypto';
import { awaitQuiet } from '../acts/clean-up.ts';
import { explainMedia } from '../explain/explain-people.ts';
import { socketToken } from '../lint/vendor.ts';
import { markAll, proveMedia } from '../people/media.ts';
import type { Person } from '../people/person.ts';
import { smokeFailure } from '../phase.ts';
import { SECOND } from '../scene.ts';
import { meetInPairs } from './pair.ts';
import { pressLeave } from './press.ts';
import type { Scenario } from './scenario.ts';
import { within } from './within.ts';

export const twoTokens: Scenario = {
  name: 'two-tokens',
  title: "somebody joins twice: with two call tokens, and nobody has the other one's",
  limitMs: 90 * SECOND,
  unfit: () => null,
  async play(stage) {
    const { signal, venue, scene } = stage;
    const { now } = scene.options;
    const sightings = new Map<Person, Set<string>>();
    const { people, alice, bob } = await meetInPairs(stage, {
      onPerson: person => sightings.set(person, watchTokens(person)),
    });
    const tokensOf = (person: Person) => [...(sightings.get(person) ?? [])];
    const first = tokensOf(alice);
    if (first.length === 0 || tokensOf(bob).length === 0)
      return { skipped: true, detail: 'no call token was seen on its way from the pages' };
    const from = alice.chronicle.mark();
    await pressLeave(venue.driver, alice, signal);
    await awaitQuiet(alice, from, signal);
    sightings.get(alice)?.clear();
    const start = now();
    const marks = markAll(people);
    const explain = async () => `${alice.name} came back, but: ${await explainMedia(people, marks)}`;
    await within({ ms: 30 * SECOND, signal, explain }, async limited => {
      await venue.driver.rejoin(alice, limited);
      await proveMedia(people, { marks, signal: limited });
    });
    const rejoinMs = now() - start;
    const complaint = judgeTokens({ first, second: tokensOf(alice), other: tokensOf(bob) });
    if (complaint) throw smokeFailure(complaint);
    return {
      detail: `${alice.name} joined with two call tokens, ${bob.name} with a third`,
      figures: { rejoinMs },
    };
  },
};

/** The hashes of the call tokens that a page sends from now on; the tokens themselves are kept nowhere. */
function watchTokens({ page }: Person): Set<string> {
  const seen = new Set<string>();
  const note = (token: string | null | undefined) => {
    if (token) seen.add(createHash('sha256').update(token).digest('base64url'));
  };
  // Over REST to be told of the session, and to the signalling socket to get into it.
  page.on('request', request => note(request.headers().calltoken));
  page.on('websocket', socket => note(socketToken(socket.url())));
  return seen;
}

/** What is wrong with the tokens of alice's two joins and of bob's, by their hashes; null when nothing is. Pure. */
export function judgeTokens({
  first,
  second,
  other,
}: Readonly<Record<'first' | 'second' | 'other', readonly string[]>>): string | null {
  const shared = (a: readonly string[], b: readonly string[]) => a.some(hash => b.includes(hash));
  if (second.length === 0) return 'alice joined again without a call token that was seen';
  if (shared(first, second))
    return 'alice joined twice with the same call token; ask for a fresh one each time';
  if (shared([...first, ...second], other)) return 'alice and bob joined with the same call token';
  return null;
}
