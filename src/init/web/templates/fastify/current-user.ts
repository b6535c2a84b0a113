import type { FastifyRequest } from 'fastify';
import type { User } from './admission.ts';
import { developmentUser } from './development-user.ts';

/**
 * Who sends this request. TO FILL IN: ask your own session, and throw a Refusal where nobody is logged in. With
 * @fastify/session, for example:
 *
 *     const { user } = request.session;
 *     if (!user) throw new Refusal(401, 'NO_USER', 'Log in first.');
 *     return { uid: user.id, name: user.name };
 */
export async function currentUser(request: FastifyRequest): Promise<User> {
  return developmentUser(request.headers['meet-as']);
}
