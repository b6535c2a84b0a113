import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import type { Verdict } from '../../src/smoke/scenarios/scenario.ts';
import { createSandbox } from '../cli/run-meet.ts';
import { servePeerJs } from '../fixtures/pages/peerjs/serve.ts';
import { patchSdk } from './patched-sdk.ts';

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
  'fault-rest-error': [/^alice's page was 'failed' \(ERR_EXCEPTION\) after /, 'feltMs', 'recoveredMs'],
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
    /^both were put out: \d+ ms .* NOT_ALLOWED, and \d+ ms .* MEETING_ENDED$/,
    'narrowedMs',
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

/** The button for the microphone is dead, and the call token is written to the console. */
const BROKEN = `
  window.addEventListener('click', event => {
    if (event.target.closest?.('#audioButton')) event.stopImmediatePropagation();
  }, true);
  const start = CometChatCalls.startSession;
  CometChatCalls.startSession = (token, ...more) => {
    console.log('joining with', token);
    return start.call(CometChatCalls, token, ...more);
  };`;

it('exits with 22 for a scenario that failed, plays the next, and tells the broken rules all the same', async () => {
  const sdk = await patchSdk(sandbox.path, BROKEN);
  const only = 'mute-seen,leave-button';
  const { code, stdout } = await sandbox.meet(['smoke', '--json', '--sdk', sdk, '--only', only]);
  const { ok, exitCode, scenarios, lint, phases } = JSON.parse(stdout);
  expect({ code, ok, exitCode }).toEqual({ code: 22, ok: false, exitCode: 22 });
  expect(scenarios).toEqual([
    {
      name: 'mute-seen',
      ok: false,
      ms: expect.any(Number),
      detail: expect.stringMatching(/^alice muted herself, but bob still hears her \(/),
      figures: {},
    },
    {
      name: 'leave-button',
      ok: true,
      ms: expect.any(Number),
      detail: expect.stringMatching(/^alice left by the button, bob saw it after \d+ ms$/),
      figures: { goneMs: expect.any(Number) },
    },
  ]);
  expect(lint).toContainEqual(expect.objectContaining({ ruleId: 'web/token-logged', severity: 'error' }));
  expect(phases.at(-1)).toMatchObject({ name: 'lint', ok: false });
}, 60_000);

it('skips what a page that is not ours cannot show, and says so in its table', async () => {
  const { link, stop } = await servePeerJs();
  onTestFinished(stop);
  const page = ['--url', link, '--fill', '[name="name"]={name}', '--join', 'text=Enter the room'];
  const only = 'leave-button,two-tokens,refused-join,access-revoked,fault-loss';
  const { code, stdout } = await sandbox.meet(['smoke', ...page, '--gone-within', '9s', '--only', only]);
  const rows = stdout.split('\n').filter(line => /^ {2}[✓✗-] /.test(line));
  expect(rows.map(row => row.trim().split(/ {2,}/))).toEqual([
    ['✓ leave-button', 'held', expect.stringMatching(/^\d+$/), expect.stringMatching(/^gone \d+$/)],
    ['- two-tokens', 'skipped', 'no call token was seen on its way from the pages'],
    ['- refused-join', 'skipped', "alice's page asked CometChat for no join that could be refused"],
    ['- access-revoked', 'skipped', "it needs meetings of meet's own server, and this page has its own"],
    ['- fault-loss', 'skipped', "it needs meetings of meet's own server, and this page has its own"],
  ]);
  expect(stdout).toContain('scenarios: 1 held, 4 skipped');
  expect(code).toBe(0);
}, 90_000);
