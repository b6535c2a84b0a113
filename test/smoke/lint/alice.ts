import {
  type ContainerFact,
  emptyFacts,
  type PersonFacts,
  type RecordedFacts,
  type RequestFact,
} from '../../../src/smoke/lint/facts.ts';
import { judge } from '../../../src/smoke/lint/judge.ts';

export const CALL = 'call-token/of+a-session-1';
export const OTHER = 'call-token/of+a-session-2';
export const AUTH = 'auth-token-of-a-person';
export const PAGE = 'https://app.example.com';
const CLOUD = 'https://1234.call-eu.cometchat.io/v3.0/call_tokens';
const SOCKET = 'wss://xmpp.eu.cometchat.io/xmpp-websocket';

export function request(fact: Partial<RequestFact>): RequestFact {
  return {
    ...{ t: 1, method: 'POST', url: CLOUD, type: 'fetch', body: '', authToken: null, callToken: null },
    ...{ from: PAGE, status: 200, personal: false, keyed: false, ...fact },
  };
}

/** She asks her server, gets a call token, and joins with it. */
export const asks = request({ url: `${PAGE}/api/authorize`, body: '{"session":"room-1"}' });
export const generates = request({ authToken: AUTH, body: '{"sessionId":"room-1"}' });
export const joins = request({ method: 'GET', callToken: CALL });
export const rejoins = request({ method: 'GET', callToken: OTHER });

export function container(changes: Partial<ContainerFact> = {}): ContainerFact {
  const viewport = { width: 640, height: 400 };
  const place = { x: 0, y: 0, ...viewport, viewport, reach: viewport };
  return { t: 1, ...place, position: 'fixed', cssHeight: '400px', ...changes };
}

export function socket(token: string, openedAt: number, closedAt: number | null) {
  return { url: token ? `${SOCKET}?token=${encodeURIComponent(token)}` : SOCKET, openedAt, closedAt };
}

export function stored(key: string, value: string) {
  return { t: 9, area: 'localStorage' as const, key, value };
}

export function said(...words: string[]) {
  return { said: words.map((word, t) => ({ t, words: word })) };
}

/** Alice, who does everything right, with something else in its place. */
export function alice(changes: Partial<RecordedFacts> = {}): PersonFacts {
  return {
    ...emptyFacts('alice'),
    requests: [asks, generates, joins],
    sockets: [socket(CALL, 2, null)],
    containers: [container()],
    ...changes,
  };
}

/** Alice, who makes another request after her own. */
export function aliceWith(...more: RequestFact[]): PersonFacts {
  return alice({ requests: [asks, generates, joins, ...more] });
}

/** The same page in Bob's hands, with tokens of his own where nothing else is said. */
export function bob(changes: Partial<RecordedFacts> = {}): PersonFacts {
  return { ...alice(), person: 'bob', requests: [asks, generates, rejoins], sockets: [], ...changes };
}

/** Which rules are broken, and how gravely. */
export function blame(...everybody: PersonFacts[]): string[] {
  return judge(everybody).map(({ ruleId, severity }) => `${ruleId} ${severity}`);
}

/** What is said of it. */
export function words(...everybody: PersonFacts[]): string {
  return judge(everybody)
    .map(({ message }) => message)
    .join('\n');
}
