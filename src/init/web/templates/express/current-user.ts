import type { Request } from 'express';
import type { User } from './admission.ts';
import { developmentUser } from './development-user.ts';

/**
 * Who sends this request. TO FILL IN: ask your own session, and throw a Refusal where nobody is logged in. With
 * express-session, for example:
 *
 *     const { user } = request.session;
 *     if (!user) throw new Refusal(401, 'NO_USER', 'Log in first.');
 *     return { uid: user.id, name: user.name };
 */
export async function currentUser(request: Request): Promise<User> {
  return developmentUser(request.get('meet-as'));
}
