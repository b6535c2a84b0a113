import { describe, expect, it } from 'vitest';
import {
  emptyFacts,
  type PersonFacts,
  type RecordedFacts,
  type RequestFact,
} from '../../../src/smoke/lint/facts.ts';
import { judge } from '../../../src/smoke/lint/judge.ts';

const CALL = 'call-token-of-a-session-1';
const OTHER = 'call-token-of-a-session-2';
const AUTH = 'auth-token-of-a-person';
const CLOUD = 'https://app.call-eu.cometchat.io/v3.0/call_tokens';
const LOGIN = 'https://app.api-eu.cometchat.io/v3.0/users/alice/auth_tokens';
const PAGE = 'https://app.example.com';
const SOCKET = 'wss://xmpp.eu.cometchat.io/xmpp-websocket';
const FIXED = { x: 0, y: 0, width: 640, height: 400, position: 'fixed', cssHeight: '400px' };

function request(fact: Partial<RequestFact>): RequestFact {
  return {
    ...{ t: 1, method: 'POST', url: CLOUD, type: 'fetch', body: '', authToken: null, callToken: null },
    ...{ from: PAGE, status: 200, personal: false, keyed: false, ...fact },
  };
}

const asks = request({ url: `${PAGE}/api/authorize`, body: '{"session":"room-1"}' });
const generates = request({ authToken: AUTH, body: '{"sessionId":"room-1"}' });
const joins = request({ method: 'GET', callToken: CALL });
const container = (changes: object) => ({
  t: 1,
  ...FIXED,
  viewport: { width: 640, height: 400 },
  ...changes,
});
const socket = (token: string, openedAt: number, closedAt: number | null) => ({
  ...{ url: token ? `${SOCKET}?token=${token}` : SOCKET, openedAt, closedAt },
});

/** Alice, who did everything right, with something else beside it. */
function alice(changes: Partial<RecordedFacts> = {}): PersonFacts {
  return {
    ...emptyFacts('alice'),
    requests: [asks, generates, joins],
    sockets: [socket(CALL, 2, null)],
    containers: [container({})],
    ...changes,
  };
}

function rulesOf(...everybody: PersonFacts[]) {
  return judge(everybody).map(({ ruleId, severity }) => `${ruleId} ${severity}`);
}

const inHers = { requests: [asks, generates, joins] };
const third = (url: string) => alice({ requests: [...inHers.requests, request({ url, body: CALL })] });

describe('a page that keeps the rules', () => {
  it.each([
    ['a plain join', alice()],
    [
      'a rejoin with a new token',
      alice({ requests: [...inHers.requests, request({ method: 'GET', callToken: OTHER })] }),
    ],
    [
      'the token minted by its own server',
      alice({ requests: [asks, request({ method: 'GET', callToken: jwt('Room-1') })] }),
    ],
    ['a page that the server made for this person', alice({ requests: [document(true), generates, joins] })],
    ['a container in pixels', alice({ containers: [container({ position: 'static', y: 40, height: 300 })] })],
    ['a token sent to its own other host', third('https://api.example.com/left')],
    ['a token sent to another port', third('https://app.example.com:8443/left')],
    ["a screen share's second socket", alice({ sockets: [socket(CALL, 2, null), socket('', 9, null)] })],
    ['a socket that dials again', alice({ sockets: [socket(CALL, 2, 5), socket(CALL, 6, null)] })],
    ['a first socket that closes late', alice({ sockets: [socket(CALL, 2, 500), socket(OTHER, 400, null)] })],
    [
      'SDK v5, which keeps its login',
      alice({ storages: [kept('1:common_store/user', `{"authToken":"${AUTH}"}`)] }),
    ],
    ["the SDK's own words about its socket", alice({ said: [{ t: 1, words: `${SOCKET}?token=${CALL}` }] })],
    [
      'a development key, and no server',
      alice({ requests: [{ ...request({ url: LOGIN }), keyed: true }, generates, joins] }),
    ],
    ['other long words', alice({ said: [{ t: 1, words: 'something-quite-long' }] })],
  ])('is not blamed for %s', (_, facts) => {
    expect(rulesOf(facts)).toEqual([]);
  });

  it('may have the same login in two tabs of one profile', () => {
    const tab = {
      ...alice(),
      person: 'bob',
      requests: [asks, generates, request({ method: 'GET', callToken: OTHER })],
      sockets: [],
    };
    expect(rulesOf(alice(), tab)).toEqual([]);
  });
});

function jwt(sessionId: string): string {
  const claims = Buffer.from(JSON.stringify({ data: { sessionId } })).toString('base64url');
  return `header.${claims}.signature`;
}

function document(personal: boolean): RequestFact {
  return request({ method: 'GET', type: 'document', url: `${PAGE}/meet/room-1`, personal });
}

function kept(key: string, value: string) {
  return { t: 9, area: 'localStorage' as const, key, value };
}

describe('a page that breaks a rule', () => {
  it.each([
    ['an empty container', alice({ containers: [container({ height: 0 })] }), 'web/container-sizing error'],
    [
      'a container sized by what surrounds it',
      alice({ containers: [container({ position: 'relative', cssHeight: '100%' })] }),
      'web/container-sizing error',
    ],
    [
      'a fixed container that shrank',
      alice({ containers: [container({ height: 90, cssHeight: 'auto' })] }),
      'web/container-sizing error',
    ],
    [
      'a container out of sight',
      alice({ containers: [container({ position: 'static', y: 390 })] }),
      'web/container-sizing error',
    ],
    [
      'a call token in the console',
      alice({ said: [{ t: 1, words: `token:${CALL}` }] }),
      'web/token-logged error',
    ],
    ['an auth token in the console', alice({ said: [{ t: 1, words: AUTH }] }), 'web/token-logged error'],
    ['one token for two joins', alice({ requests: [...inHers.requests, joins] }), 'web/token-cached error'],
    ['a used token in storage', alice({ storages: [kept('call', CALL)] }), 'web/token-cached error'],
    [
      'a token in the address',
      alice({ places: [{ t: 1, url: `${PAGE}/#${CALL}` }] }),
      'web/token-cached error',
    ],
    ['a token sent elsewhere', third('https://stats.example.org/log'), 'web/token-cached error'],
    [
      'no auth token',
      alice({ requests: [asks, request({ body: '{"sessionId":"room-1"}' }), joins] }),
      'web/token-before-login error',
    ],
    [
      "v4's word for no auth token",
      alice({ requests: [asks, { ...generates, authToken: 'undefined' }, joins] }),
      'web/token-before-login error',
    ],
    [
      "v5's word for it",
      alice({ said: [{ t: 1, words: 'ERROR_AUTH_TOKEN_MISSING' }] }),
      'web/token-before-login error',
    ],
    [
      'a second session',
      alice({ sockets: [socket(CALL, 2, null), socket(OTHER, 3000, null)] }),
      'web/second-session error',
    ],
    [
      'a plain http address',
      alice({ insecure: [{ t: 1, url: 'http://app.example.com/' }] }),
      'web/insecure-context error',
    ],
    [
      'what it holds after leaving',
      alice({ leftovers: [{ t: 1, openConnections: 1, liveTracks: ['video "a"'] }] }),
      'web/no-leave-on-unmount error',
    ],
    ['nobody asked', alice({ requests: [generates, joins] }), 'web/missing-authorize info'],
    [
      'a file that is no question',
      alice({ requests: [document(false), request({ url: `${PAGE}/room-1.json` }), generates, joins] }),
      'web/missing-authorize info',
    ],
    [
      'a server that lets in to what does not exist',
      alice({ invented: true }),
      'server/no-authorize-route warning',
    ],
  ])('is blamed for %s', (_, facts, blame) => {
    expect(rulesOf(facts)).toEqual([blame]);
  });

  it.each([
    ['a call token, in one profile', alice(), 0],
    ['an auth token, in two profiles', alice({ sockets: [], requests: [asks, generates] }), 1],
  ])('is blamed when two people use %s', (_, facts, profile) => {
    const [finding, ...more] = judge([facts, { ...facts, person: 'bob', profile }]);
    expect([finding?.ruleId, finding?.person, more]).toEqual(['web/token-cached', 'bob', []]);
    expect(finding?.message).toContain('by two people, alice and bob');
  });

  it('is not asked about a session that the server refused', () => {
    const refused = { ...asks, status: 404 };
    expect(rulesOf(alice({ invented: true, requests: [refused, generates, joins] }))).toEqual([]);
  });
});

describe('findings', () => {
  const said = [CALL, AUTH].map((words, t) => ({ t, words }));
  const broken = alice({ said, requests: [generates, joins] });

  it('are told once for each rule and person, the gravest first', () => {
    const found = judge([broken, { ...broken, person: 'bob', requests: [], sockets: [] }]);
    expect(found.map(({ ruleId, person }) => [ruleId, person])).toEqual([
      ['web/token-logged', 'alice'],
      ['web/missing-authorize', 'alice'],
    ]);
  });

  it('hold no token, and say what to do', () => {
    const cached = alice({
      said,
      places: [{ t: 1, url: `${PAGE}/#${CALL}` }],
      storages: [kept('call', CALL)],
    });
    const text = JSON.stringify(judge([cached]));
    expect(text).not.toMatch(new RegExp(`${CALL}|${AUTH}`));
    expect(text).toContain('Make a call token for each join');
  });

  it('of scenarios stand beside them', () => {
    const other = {
      ruleId: 'web/join-result-unchecked',
      severity: 'error',
      message: 'm',
      person: 'x',
      t: 1,
    } as const;
    expect(judge([], [other, other])).toEqual([other]);
  });
});
