import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { emptyFacts, type PersonFacts } from '../../../src/smoke/lint/facts.ts';
import { judge } from '../../../src/smoke/lint/judge.ts';
import {
  AUTH,
  alice,
  bob,
  CALL,
  container,
  generates,
  joins,
  PAGE,
  request,
  said,
  socket,
  stored,
} from './alice.ts';

/** Found by a scenario alone. */
const refusedJoinRule = 'web/join-result-unchecked';

/** Everything at once, with tokens wherever a page could put one. */
const careless: PersonFacts = alice({
  ...said(CALL, AUTH, `token=${encodeURIComponent(CALL)}`),
  requests: [
    generates,
    joins,
    joins,
    request({ authToken: '', body: `{"sessionId":"${CALL}"}` }),
    request({ url: `https://stats.example.org/${AUTH}?t=${CALL}`, body: CALL }),
  ],
  sockets: [socket(CALL, 1, null), socket('another-long-token', 2000, null)],
  places: [{ t: 1, url: `${PAGE}/${AUTH}#${CALL}` }],
  storages: [stored(`call ${CALL}`, CALL), stored(AUTH, `${CALL}${AUTH}`)],
  containers: [container({ height: 0 })],
  insecure: [{ t: 1, url: `http://app.example.com/${CALL}` }],
  leftovers: [{ t: 1, openConnections: 1, liveTracks: [CALL] }],
});

describe('judge', () => {
  it('has nothing to say of a page that keeps the rules', () => {
    expect(judge([alice(), bob()])).toEqual([]);
  });

  it('has nothing to say of a page that did nothing', () => {
    expect(judge([])).toEqual([]);
    expect(judge([emptyFacts('alice')])).toEqual([]);
  });

  it('tells each rule once for each person, the gravest first', () => {
    const requests = [generates, joins];
    const broken = alice({ ...said(CALL, AUTH), requests });
    const found = judge([broken, bob({ requests: [], ...said(AUTH) })]);
    expect(found.map(({ ruleId, severity, person, t }) => [ruleId, severity, person, t])).toEqual([
      ['web/token-logged', 'error', 'alice', 0],
      ['web/missing-authorize', 'info', 'alice', 1],
    ]);
  });

  it.each([
    ['a call token', CALL],
    ['a call token as an address has it', encodeURIComponent(CALL)],
    ['an auth token', AUTH],
    ['the token of a socket', 'another-long-token'],
  ])('tells no token, whatever the page did with it: %s', (_, token) => {
    const found = judge([careless, { ...careless, person: 'bob' }]);
    expect(new Set(found.map(({ ruleId }) => ruleId))).toEqual(
      new Set([
        'web/token-logged',
        'web/token-cached',
        'web/token-before-login',
        'web/second-session',
        'web/container-sizing',
        'web/insecure-context',
        'web/no-leave-on-unmount',
        'web/missing-authorize',
      ]),
    );
    expect(JSON.stringify(found)).not.toContain(token);
  });

  it('has a page that names every rule, and no other', () => {
    const page = readFileSync(new URL('../../../docs/runtime-lint.md', import.meta.url), 'utf8');
    const documented = [...page.matchAll(/^\| `((?:web|server)\/[a-z-]+)`/gm)].map(([, id]) => id);
    const found = judge([careless, bob({ invented: true })]).map(({ ruleId }) => ruleId);
    expect(documented.sort()).toEqual([...new Set([...found, refusedJoinRule])].sort());
  });

  it('takes the tokens out of what was found elsewhere, too', () => {
    const other = {
      ruleId: 'x/y',
      severity: 'error',
      message: `it said ${CALL}`,
      person: null,
      t: 1,
    } as const;
    expect(judge([alice()], [other])).toEqual([{ ...other, message: 'it said (call token)' }]);
  });

  it('says what to do', () => {
    const [finding] = judge([alice(said(CALL))]);
    expect(finding?.message).toMatch(/^the page's call token was written to the console\. Never log it/);
  });
});
