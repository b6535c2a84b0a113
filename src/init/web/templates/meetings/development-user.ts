import type { User } from './admission.ts';
import { Refusal } from './refusal.ts';

/**
 * Takes people's word for who they are (`/meet/<id>?as=cometchat-uid-1`). That is safe with CometChat's emulator only, as
 * `meet exec` and `meet smoke` bring it: its users are nobody's accounts. Elsewhere it refuses, until `currentUser` asks
 * somebody who knows.
 */
export function developmentUser(uid: unknown): User {
  if (!process.env.COMETCHAT_EMULATOR || process.env.NODE_ENV === 'production')
    throw new Refusal(
      501,
      'NO_CURRENT_USER',
      'currentUser() is not filled in yet: the server cannot know who you are.',
    );
  if (typeof uid !== 'string' || !/^[\w-]{1,100}$/.test(uid))
    throw new Refusal(401, 'NO_USER', 'Say who you are: add ?as=cometchat-uid-1 to the address.');
  return { uid, name: uid };
}
