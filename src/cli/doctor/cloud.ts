import { join } from 'node:path';
import { readCometChatSettings } from '../../cometchat/settings.ts';
import { readServerEnv } from '../server-env.ts';
import { bad, ok, type Probe, warn } from './finding.ts';
import { wordsOf } from './tools.ts';

/** Whether the settings of CometChat's cloud are whole and well-formed. Nothing of them is sent anywhere. */
export const cloudProbe: Probe = async ({ settings: { env, projectDir } }) => {
  const subject = { id: 'cometchat', what: 'CometChat' };
  try {
    const settings = await readCometChatSettings(env, join(projectDir, 'cometchat-settings.json'));
    if (!settings) return [ok(subject, 'the emulator: no account, no internet')];
    const { region, keyName, keyKind } = settings;
    if (keyKind === 'api') return [ok(subject, `the cloud, region ${region}, with ${keyName}`)];
    const says = `the cloud, region ${region}, with an auth key (${keyName}), which logs in as anybody`;
    return [warn(subject, says, 'for production set COMETCHAT_API_KEY instead')];
  } catch (error) {
    return [
      bad(subject, wordsOf(error), 'copy the settings from the dashboard, or unset all for the emulator'),
    ];
  }
};

export const environmentProbe: Probe = async ({ settings: { env } }) => {
  const subject = { id: 'settings', what: 'Settings' };
  try {
    readServerEnv(env);
    return [ok(subject, 'well-formed')];
  } catch (error) {
    return [bad(subject, wordsOf(error), 'mend the variable, or unset it')];
  }
};
