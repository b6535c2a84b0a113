import { smokeFailure } from '../phase.ts';
import { type Api, describeAnswer, textAt } from './api.ts';
import type { SmokeMeetings } from './meetings.ts';

/** Identity tokens to knock with. */
export interface Visitors {
  readonly alice: string;
  /** Alice's token with Carol written into it. */
  readonly forged: string;
  /** Carol, invited to the meeting that lists her, and to no other. */
  readonly carol: string;
}

export async function invite(api: Api, adminKey: string, { listed }: SmokeMeetings): Promise<Visitors> {
  const [alice, carol] = await Promise.all([
    askIdentity(api, { name: 'Alice' }),
    askInvite(api, adminKey, listed.sessionId).then(token => askIdentity(api, { invite: token })),
  ]);
  return { alice, carol, forged: forge(alice) };
}

async function askIdentity(api: Api, body: object): Promise<string> {
  const answer = await api('/api/identity', { body });
  const token = textAt(answer, 'token');
  if (!token) throw smokeFailure(`no identity was given to a visitor: ${describeAnswer(answer)}`);
  return token;
}

async function askInvite(api: Api, adminKey: string, sessionId: string): Promise<string> {
  const answer = await api(`/api/meetings/${sessionId}/invites`, {
    bearer: adminKey,
    body: { uid: 'carol' },
  });
  const [, token] = textAt(answer, 'url').split('#invite=');
  if (!token) throw smokeFailure(`carol was not invited: ${describeAnswer(answer)}`);
  return token;
}

/** Rewrites the payload and keeps the signature, as an attacker would who has a token but not the secret. */
export function forge(token: string): string {
  const [header = '', payload = '', signature = ''] = token.split('.');
  const claims: object = JSON.parse(Buffer.from(payload, 'base64url').toString());
  const rewritten = Buffer.from(JSON.stringify({ ...claims, uid: 'carol', name: 'Carol' }));
  return [header, rewritten.toString('base64url'), signature].join('.');
}
