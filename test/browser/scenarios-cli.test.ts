import { afterAll, describe, expect, it } from 'vitest';
import type { Verdict } from '../../src/smoke/scenarios/scenario.ts';
import { createSandbox } from '../cli/run-meet.ts';

const sandbox = createSandbox();
afterAll(() => sandbox.remove());

/** Words of each verdict, and the names of its figures. */
type Expected = Readonly<Record<string, readonly [words: RegExp, ...figures: string[]]>>;

const NETWORK: Expected = {
  'fault-loss': [
    /^\d+ % of the sound lost at bob after \d+ ms; [0-2] % .* after its end$/,
    'feltMs',
    'recoveredMs',
  ],
  'fault-delay': [
    /^a round trip of [345]\d\d ms at alice .*; a round trip of \d{1,2} ms /,
    'feltMs',
    'recoveredMs',
  ],
  'fault-jitter': [/^a jitter of \d\d ms at bob .*; a jitter of \d ms /, 'feltMs', 'recoveredMs'],
  'fault-bandwidth': [/^[1-4]\d kbit\/s at alice .*; \d+ kbit\/s /, 'feltMs', 'recoveredMs'],
  'fault-outage': [/^both stood still after \d+ ms, and saw and heard /, 'feltMs', 'recoveredMs'],
};

const DOORS: Expected = {
  'fault-socket-clean': [/^alice's socket was closed after \d+ ms /, 'feltMs', 'recoveredMs', 'newsMs'],
  'fault-socket-dead': [/^alice heard nothing for 3000 ms, and \d+ ms after its end that bob/, 'recoveredMs'],
  'fault-rest-error': [/^alice's page was 'failed' \(ERR_INTERNAL\) after /, 'feltMs', 'recoveredMs'],
  'fault-rest-slow': [/^alice's page was 'joined' after [3-9]\d\d\d ms; /, 'feltMs', 'recoveredMs'],
  'fault-expired-tokens': [
    /^alice's page was 'failed' \(AUTH_ERR_CALL_TOKEN_NOT_FOUND\) /,
    'feltMs',
    'recoveredMs',
  ],
  'fault-no-bridge': [/^alice's page was 'left' after \d+ ms; /, 'feltMs', 'recoveredMs'],
};

const MEETINGS: Expected = {
  'two-tokens': [/^alice joined with two call tokens, bob with a third$/, 'rejoinMs'],
  'expiry-during-call': [/^both stayed, .* denied with MEETING_EXPIRED in \d+ ms$/, 'stayedMs', 'deniedMs'],
  'access-revoked': [
    /^both stayed, .* NOT_ALLOWED .* MEETING_ENDED in \d+ ms$/,
    'stayedMs',
    'deniedMs',
    'endedMs',
  ],
  'midnight-in-bucket': [
    /^smoke-(\d{8}) became smoke-(?!\1)\d{8} .* the 2[35] hours of its day/,
    'aliveMs',
    'deniedMs',
  ],
};

describe('meet smoke --only', () => {
  it.each([
    ['bad lines', NETWORK],
    ['bad doors', DOORS],
    ['meetings that close', MEETINGS],
  ])(
    'plays %s, and tells what was felt and how soon it was over',
    async (_, expected) => {
      const names = Object.keys(expected);
      const { code, stdout } = await sandbox.meet(['smoke', '--json', '--only', names.join(',')]);
      const report = JSON.parse(stdout);
      const verdicts: readonly Verdict[] = report.scenarios;
      expect(
        verdicts.map(({ name, ok, detail, figures }) => ({
          name,
          ok,
          detail,
          figures: Object.keys(figures),
        })),
      ).toEqual(
        Object.entries(expected).map(([name, [words, ...figures]]) => ({
          name,
          ok: true,
          detail: expect.stringMatching(words),
          figures,
        })),
      );
      for (const { figures } of verdicts)
        for (const ms of Object.values(figures)) expect(ms).toBeGreaterThanOrEqual(0);
      expect(code).toBe(0);
    },
    180_000,
  );
});
