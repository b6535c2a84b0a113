import type { User } from './admission.ts';
import { Refusal } from './refusal.ts';

/** What a page needs to join: for `init` and `loginWithAuthToken` of the Calls SDK. */
export async function issuePass(user: User) {
  const settings = readSettings();
  await post(settings, '/users', user, 'ERR_UID_ALREADY_EXISTS');
  const { authToken } = await post(settings, `/users/${encodeURIComponent(user.uid)}/auth_tokens`, {});
  const { appId, region, hosts } = settings;
  return { authToken, user, cometchat: { appId, region, ...hosts } };
}

type Settings = ReturnType<typeof readSettings>;

/** The API key makes tokens for anybody, so it stays on this server. `meet exec -- npm run dev` sets all of these. */
function readSettings() {
  const env = process.env;
  const { COMETCHAT_APP_ID: appId, COMETCHAT_REGION: region, COMETCHAT_API_KEY: apiKey } = env;
  if (!appId || !region || !apiKey)
    throw new Refusal(
      501,
      'NOT_CONFIGURED',
      'Set COMETCHAT_APP_ID, COMETCHAT_REGION and COMETCHAT_API_KEY, or start with: meet exec -- npm run dev',
    );
  const { COMETCHAT_HOST: host, COMETCHAT_ADMIN_HOST: adminHost, COMETCHAT_CLIENT_HOST: clientHost } = env;
  return {
    appId,
    region,
    apiKey,
    restUrl: env.COMETCHAT_REST_URL || `https://${appId}.api-${region}.cometchat.io/v3`,
    // Only where CometChat is elsewhere: its stand-in, or hosts of your own.
    hosts: { ...(host && { host }), ...(adminHost && { adminHost }), ...(clientHost && { clientHost }) },
  };
}

async function post({ restUrl, apiKey }: Settings, path: string, body: object, fine = '') {
  const response = await fetch(restUrl + path, {
    method: 'POST',
    headers: { apikey: apiKey, 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(10_000),
  }).catch(() => null);
  const answer = await response?.json().catch(() => null);
  const code = answer?.error?.code;
  if (response?.ok || (fine && code === fine)) return answer?.data ?? {};
  // With CometChat's code, and without its words, which may hold what was sent.
  throw new Refusal(
    502,
    'COMETCHAT_FAILED',
    `CometChat said no (${code ?? response?.status ?? 'no answer'}).`,
  );
}
