import type { PersonFacts, RequestFact } from './facts.ts';
import { asksForToken, joins, socketToken } from './vendor.ts';

/** Shorter ones are placeholders, and would be found everywhere. */
const SHORTEST = 12;

export interface SeenToken {
  readonly kind: 'call token' | 'auth token';
  readonly value: string;
}

/** Every token that went over the wire from one page, once each. */
export function tokensOf({ requests, sockets }: PersonFacts): SeenToken[] {
  const call = [...requests.map(({ callToken }) => callToken), ...sockets.map(({ url }) => socketToken(url))];
  const auth = requests.map(({ authToken }) => authToken);
  return [...named('call token', call), ...named('auth token', auth)];
}

function named(kind: SeenToken['kind'], values: readonly (string | null)[]): SeenToken[] {
  const real = values.filter(value => value !== null && value.length >= SHORTEST);
  return [...new Set(real)].map(value => ({ kind, value: value ?? '' }));
}

/** The first of the tokens that a text holds, as it is or as a URL writes it. */
export function tokenIn(text: string, tokens: readonly SeenToken[]): SeenToken | undefined {
  return tokens.find(({ value }) => text.includes(value) || text.includes(encodeURIComponent(value)));
}

/** A text without any of the tokens. */
export function withoutTokens(text: string, tokens: readonly SeenToken[]): string {
  return tokens.reduce(
    (rest, { kind, value }) =>
      rest.replaceAll(value, `(${kind})`).replaceAll(encodeURIComponent(value), `(${kind})`),
    text,
  );
}

/** The session that a page asks a call token for, or joins with one; null where it cannot be told. */
export function sessionOf(request: RequestFact): string | null {
  if (asksForToken(request)) return textAt(request.body, 'sessionId');
  if (!joins(request)) return null;
  const claims = Buffer.from(request.callToken?.split('.')[1] ?? '', 'base64url').toString();
  return textAt(claims, 'data', 'sessionId') ?? textAt(claims, 'sessionId');
}

function textAt(json: string, ...path: string[]): string | null {
  try {
    const found = path.reduce<unknown>((value, key) => Reflect.get(Object(value), key), JSON.parse(json));
    return typeof found === 'string' ? found : null;
  } catch {
    return null;
  }
}
