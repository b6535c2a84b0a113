import { describe, expect, it } from 'vitest';
import { createCometChatClient } from '../../src/cometchat/client.ts';
import { cloudRestOptions } from '../../src/cometchat/cloud.ts';
import { VENDOR_ERRORS } from '../../src/cometchat/vendor-errors.ts';
import type { CometChatSide } from '../../src/server/context.ts';
import { API_KEY, settingsFor, startDocumentedCloud } from '../cometchat/clouds.ts';
import { type Answer, manualClock, type Recorded, vendorError } from '../cometchat/vendor.ts';
import { createMeeting, startHarness } from './harness.ts';

type Instead = (request: Recorded) => Answer | null;

/** A server in strict mode in front of CometChat as documented, its log at its most talkative. */
async function open(createUsers = true) {
  const lines: string[] = [];
  let instead: Instead = () => null;
  const cloud = await startDocumentedCloud(request => instead(request));
  const options = { ...cloudRestOptions(settingsFor(cloud.origin)), createUsers };
  const side = { appId: 'app1', region: 'us' } as {
    -readonly [Name in keyof CometChatSide]: CometChatSide[Name];
  };
  const refresh = () => {
    // A limit is remembered, and each case is to begin without.
    side.client = createCometChatClient({ ...options, clock: manualClock() });
  };
  refresh();
  const harness = await startHarness({
    cometchat: side,
    emulatorOn: false,
    claimedUids: false,
    strict: true,
    log: { level: 'trace', write: line => lines.push(line) },
  });
  const { sessionId } = await createMeeting(harness, { public: true });
  const { token } = (await harness.as(undefined)('POST', '/api/identity', { name: 'A' })).body;
  return {
    ...cloud,
    lines,
    failures: harness.failures,
    ask: async (change: Instead = () => null) => {
      instead = change;
      refresh();
      return harness.as(token)('POST', `/api/meetings/${sessionId}/token`, {});
    },
  };
}

const ANSWERS = {
  COMETCHAT_FAILED: [502, /refused; whoever runs this server/],
  COMETCHAT_BUSY: [503, /too much to do; try again in 15 s/],
  COMETCHAT_DOWN: [502, /failed; try again in a moment/],
  USER_UNKNOWN: [403, /deactivated; reactivate it/],
} as const;

const OURS: Record<string, keyof typeof ANSWERS> = {
  busy: 'COMETCHAT_BUSY',
  down: 'COMETCHAT_DOWN',
  'unknown-user': 'USER_UNKNOWN',
};

describe('what a visitor is answered', () => {
  it('is a call token and no other secret, where all is well', async () => {
    const { status, body } = await (await open()).ask();
    expect([status, body.callToken, body.authToken]).toEqual([200, 'a.b.c', undefined]);
    expect(JSON.stringify(body)).not.toContain(API_KEY);
  });

  it.each(VENDOR_ERRORS.filter(({ meaning }) => meaning !== 'exists'))(
    'to $code',
    async ({ code, meaning }) => {
      const { status, body, headers } = await (await open()).ask(({ path }) =>
        vendorError(
          400,
          path === '/v3/users' && meaning === 'unknown-user' ? 'ERR_UID_ALREADY_EXISTS' : code,
        ),
      );
      const ours = OURS[meaning] ?? 'COMETCHAT_FAILED';
      const [expected, words] = ANSWERS[ours];
      expect([status, body.code]).toEqual([expected, ours]);
      expect(body.error).toMatch(words);
      expect(headers['retry-after']).toBe(ours === 'COMETCHAT_BUSY' ? '15' : undefined);
      expect(body.detail).toEqual(ours === 'COMETCHAT_BUSY' ? { retryAfterSeconds: 15 } : undefined);
    },
  );

  it("to a limit is CometChat's own time", async () => {
    const limited = vendorError(429, 'ERR_TOO_MANY_REQUESTS', 'no', { 'retry-after': '40' });
    const { status, headers, body } = await (await open()).ask(() => limited);
    expect([status, headers['retry-after'], body.detail]).toEqual([503, '40', { retryAfterSeconds: 40 }]);
  });
});

it('names the fix where users must exist and one does not', async () => {
  const { ask, users } = await open(false);
  const { status, body } = await ask();
  expect([status, body.code]).toEqual([403, 'USER_UNKNOWN']);
  expect(body.error).toMatch(
    /^CometChat has no user guest-\w+, .*MEET_CREATE_USERS=off.*create it in CometChat/,
  );
  expect(users.size).toBe(1);
});

it('no answer, log line or error carries the key or an auth token, though CometChat echoes both', async () => {
  const { ask, lines, failures, requests } = await open();
  const answers: unknown[] = [await ask()];
  for (const { code } of VENDOR_ERRORS)
    for (const where of ['/users', '/call_tokens'])
      answers.push(
        await ask(({ path, headers }) =>
          path.includes(where)
            ? vendorError(404, code, `key ${API_KEY}, sent ${JSON.stringify(headers)}`, {
                'x-echo': `${API_KEY} ${headers.authtoken}`,
              })
            : null,
        ),
      );
  const tokens = requests.flatMap(({ headers }) => headers.authtoken ?? []);
  expect([answers.length, lines.length >= answers.length, tokens.length > 10]).toEqual([
    1 + 2 * VENDOR_ERRORS.length,
    true,
    true,
  ]);
  const told = failures.map(error => {
    const { stack, message, detail } = error as Error & { detail?: unknown };
    return `${stack} ${message} ${JSON.stringify(detail)} ${JSON.stringify(error)}`;
  });
  const everything = [...lines, ...told, JSON.stringify(answers)].join('\n');
  // By number, so that a failure does not print what it is about.
  const secrets = [API_KEY, ...new Set(tokens.map(String))];
  expect(secrets.flatMap((secret, i) => (everything.includes(secret) ? [i] : []))).toEqual([]);
});
