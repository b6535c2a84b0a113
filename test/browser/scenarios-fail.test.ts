import { describe, expect, it } from 'vitest';
import { accessRevoked, expiryDuringCall } from '../../src/smoke/scenarios/closing-doors.ts';
import { JOIN_FAULTS } from '../../src/smoke/scenarios/faults/join-faults.ts';
import { NETWORK_FAULTS } from '../../src/smoke/scenarios/faults/network-faults.ts';
import { outage } from '../../src/smoke/scenarios/faults/outage.ts';
import { socketClean, socketDead } from '../../src/smoke/scenarios/faults/socket-faults.ts';
import { midnightInBucket } from '../../src/smoke/scenarios/midnight.ts';
import type { Scenario } from '../../src/smoke/scenarios/scenario.ts';
import { selectScenarios } from '../../src/smoke/scenarios/select-scenarios.ts';
import { twoTokens } from '../../src/smoke/scenarios/two-tokens.ts';
import { playAlone } from './scene-run.ts';
import { type Rewrite, startTamperer } from './tamperer.ts';

const named = (name: string): Scenario => {
  const [found] = selectScenarios({ only: [name] }, [...NETWORK_FAULTS, ...JOIN_FAULTS]);
  if (!found) throw new Error(`${name} is nowhere`);
  return found;
};

/** A server that is asked something else. */
const asked = (rewrite: Rewrite) => (server: Parameters<typeof startTamperer>[0]) =>
  startTamperer(server, () => null, rewrite);

/** Every fault is for somebody who is not there. */
const HARMLESS: Rewrite = ({ method, path, body }) => ({
  method,
  path,
  body: body.replace('"alice"', '"nobody"'),
});
/** What was done is never taken back. */
const FOR_EVER: Rewrite = ({ method, path, body }) => ({
  method,
  path: method === 'DELETE' ? '/api/faults/none' : path,
  body,
});
/** What was to be changed in a meeting is its title. */
const LENIENT: Rewrite = ({ method, path, body }) => ({
  method,
  path,
  body: method === 'PATCH' ? '{"title":"as before"}' : body,
});

describe('a scenario fails, in words, where', () => {
  it.each<[string, Scenario, Rewrite, RegExp]>([
    ['an outage is none', outage, HARMLESS, /^the fault was not felt: the pictures went on moving \(/],
    [
      'a delay is none',
      named('fault-delay'),
      HARMLESS,
      /^the fault was not felt: alice had a round trip of \d{1,2} ms \(/,
    ],
    [
      'nothing is lost',
      named('fault-loss'),
      HARMLESS,
      /^the fault was not felt: bob had 0 % of the sound lost \(/,
    ],
    [
      'packets come evenly',
      named('fault-jitter'),
      HARMLESS,
      /^the fault was not felt: bob had a jitter of \d{1,2} ms \(/,
    ],
    [
      'a line is wide',
      named('fault-bandwidth'),
      HARMLESS,
      /^the fault was not felt: alice had \d{2,3} kbit\/s \(/,
    ],
    ['a socket stays open', socketClean, HARMLESS, /^the fault was not felt: her socket was not closed \(/],
    [
      'a bridge is there',
      named('fault-no-bridge'),
      HARMLESS,
      /^the fault was not felt: alice's page is 'joined' \(/,
    ],
    [
      'a silent socket speaks',
      socketDead,
      HARMLESS,
      /^the fault was not felt: alice heard of bob's going all the same$/,
    ],
    [
      'an error is none',
      named('fault-rest-error'),
      HARMLESS,
      /^the fault was not felt: alice's page was 'joined', and should/,
    ],
    [
      'a slow answer is quick',
      named('fault-rest-slow'),
      HARMLESS,
      /^the fault was not felt: alice was in after \d+ ms$/,
    ],
    [
      'an expired token stays expired',
      named('fault-expired-tokens'),
      FOR_EVER,
      /^without the fault, alice's page was 'failed' \(AUTH/,
    ],
    [
      'a delay stays',
      named('fault-delay'),
      FOR_EVER,
      /^the call did not recover: alice had a round trip of 3\d\d ms \(/,
    ],
    [
      'an expiry is none',
      expiryDuringCall,
      LENIENT,
      /^after the meeting had expired, alice left and got in again$/,
    ],
    [
      'narrowed access is as wide as before',
      accessRevoked,
      LENIENT,
      /^after access was narrowed to others, alice's page was 'joined' and bob's page was 'joined' \(waited 10 s\)$/,
    ],
  ])(
    '%s',
    async (_, scenario, rewrite, words) => {
      const { ok, detail } = await playAlone(scenario, '', asked(rewrite));
      expect({ ok, detail }).toEqual({ ok: false, detail: expect.stringMatching(words) });
    },
    90_000,
  );

  it('a clock stands still at midnight', async () => {
    const { ok, detail } = await playAlone(midnightInBucket, '', server => ({ ...server, moveClock() {} }));
    expect({ ok, detail }).toEqual({ ok: false, detail: 'after midnight, alice left and got in again' });
  }, 60_000);

  it('a page keeps its call token', async () => {
    const keeper = `
      const generate = CometChatCalls.generateToken;
      let kept;
      CometChatCalls.generateToken = (...given) => (kept ??= generate.apply(CometChatCalls, given));`;
    const { ok, detail } = await playAlone(twoTokens, keeper);
    expect({ ok, detail }).toEqual({
      ok: false,
      detail: 'alice joined twice with the same call token; ask for a fresh one each time',
    });
  }, 60_000);
});
