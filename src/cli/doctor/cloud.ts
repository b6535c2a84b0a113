import { join } from 'node:path';
import { type CometChatSettings, readCometChatSettings } from '../../cometchat/settings.ts';
import type { Environment } from '../context.ts';
import { readAdminKey, readDrain } from '../env/database.ts';
import { findUnknownNames } from '../env/unknown-names.ts';
import { readServerEnv } from '../server-env.ts';
import { tryCloud } from './cloud-steps.ts';
import { bad, type Finding, ok, type Probe, warn } from './finding.ts';
import { wordsOf } from './tools.ts';

/** Whether the settings of CometChat's cloud are whole and well-formed; and where they are, what it does with them. */
export const cloudProbe: Probe = async ({ settings: { env, projectDir } }) => {
  let settings: CometChatSettings | null;
  try {
    settings = await readCometChatSettings(env, join(projectDir, 'cometchat-settings.json'));
  } catch (error) {
    const fix = 'copy the settings from the dashboard, or unset all for the emulator';
    return [bad(SETTINGS, wordsOf(error), fix), ok(LIVE, 'not tried: its settings are not whole')];
  }
  if (!settings)
    return [
      ok(SETTINGS, 'the emulator: no account, no internet'),
      ok(LIVE, 'not tried: there is no credential for it'),
    ];
  return [describe(settings), ...(await tryCloud(settings, { createUsers: mayCreateUsers(env) }))];
};

const SETTINGS = { id: 'cometchat', what: 'CometChat' };
const LIVE = { id: 'cloud', what: 'Cloud' };

function describe({ region, keyName, keyKind }: CometChatSettings): Finding {
  if (keyKind === 'api') return ok(SETTINGS, `the cloud, region ${region}, with ${keyName}`);
  const says = `the cloud, region ${region}, with an auth key (${keyName}), which logs in as anybody`;
  return warn(SETTINGS, says, 'for production set COMETCHAT_API_KEY instead');
}

/** Where the settings are wrong, which is told beside, nothing is made. */
function mayCreateUsers(env: Environment): boolean {
  try {
    return readServerEnv(env).createUsers;
  } catch (error) {
    wordsOf(error);
    return false;
  }
}

export const environmentProbe: Probe = async ({ settings: { env, faults } }) => {
  const subject = { id: 'settings', what: 'Settings' };
  try {
    for (const fault of faults) throw fault;
    readAdminKey(env);
    readDrain(env);
    const { guests, createUsers } = readServerEnv(env);
    // Guests are users made on the way.
    if (guests && !createUsers)
      return [
        warn(
          subject,
          'guests may come, but no users are made of them',
          'set MEET_GUESTS=off beside MEET_CREATE_USERS=off',
        ),
      ];
    return [ok(subject, 'well-formed')];
  } catch (error) {
    return [bad(subject, wordsOf(error), 'mend the variable, or unset it')];
  }
};

/** Names that nobody reads; without any there is nothing to say. */
export const namesProbe: Probe = async ({ settings: { env } }) =>
  findUnknownNames(env).map(({ name, fix }) =>
    warn({ id: 'variables', what: 'Variables' }, `${name} is not known`, fix),
  );
