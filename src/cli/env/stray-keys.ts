import { MeetError } from '../../core/errors.ts';
import type { Environment } from '../context.ts';

/** Keys, and the settings that say where they are sent. */
const DESTINATIONS = [
  {
    addresses: ['COMETCHAT_HOST', 'COMETCHAT_ADMIN_HOST', 'COMETCHAT_CLIENT_HOST'],
    keys: ['COMETCHAT_API_KEY', 'COMETCHAT_AUTH_KEY'],
  },
  { addresses: ['MEET_VERIFY_URL'], keys: ['MEET_VERIFY_SECRET'] },
] as const;

/**
 * The keys of the environment that a project's `.env` would have sent to an address of its own: whoever wrote it, as the one of
 * a repository that was cloned, could so collect them.
 */
export function findStrayKeys(processEnv: Environment, fromFile: Environment): readonly StrayKey[] {
  return DESTINATIONS.flatMap(({ addresses, keys }) => {
    const address = addresses.find(name => fromFile[name]);
    return address ? keys.filter(name => processEnv[name]).map(key => ({ key, address })) : [];
  });
}

interface StrayKey {
  readonly key: string;
  readonly address: string;
}

/** Says how the two come together. */
export function strayKey({ key, address }: StrayKey): MeetError {
  return new MeetError(
    'BAD_CONFIG',
    `${address} stands in the project's .env, but ${key} does not, and is not sent there; set both in one place.`,
  );
}
