import type { User } from './admission.ts';
import { developmentUser } from './development-user.ts';

/**
 * Who sends this request. TO FILL IN: ask your own session, and throw a Refusal where nobody is logged in. With Auth.js,
 * for example:
 *
 *     const session = await auth();
 *     if (!session?.user?.id) throw new Refusal(401, 'NO_USER', 'Log in first.');
 *     return { uid: session.user.id, name: session.user.name ?? 'Somebody' };
 */
export async function currentUser(request: Request): Promise<User> {
  return developmentUser(request.headers.get('meet-as'));
}
