import type { AddressInfo } from 'node:net';
import fastify from 'fastify';
import { onTestFinished } from 'vitest';
import type { CometChatSettings } from '../../src/cometchat/settings.ts';
import { createEmulator } from '../../src/emulator/emulator.ts';
import { type Answer, type Recorded, startVendor, vendorError } from './vendor.ts';

export const API_KEY = 'api-key-0123456789abcdef';
export const AUTH_KEY = 'auth-key-0123456789abcdef';

/** The settings that lead to `origin` instead of the cloud, as `COMETCHAT_HOST` and `COMETCHAT_ADMIN_HOST` do. */
export function settingsFor(origin: string): CometChatSettings {
  const host = `${origin}/v3.0`;
  const key = { key: API_KEY, keyKind: 'api', keyName: 'COMETCHAT_API_KEY' } as const;
  return { appId: 'app1', region: 'us', ...key, host, adminHost: host };
}

export interface Cloud {
  readonly origin: string;
}

export async function startEmulatorAsCloud(): Promise<Cloud> {
  const keys = { secret: 's', apiKey: API_KEY, authKey: AUTH_KEY, appId: 'app1', region: 'us' };
  const emulator = await createEmulator(keys);
  const server = fastify();
  await server.register(emulator.routes, { prefix: '/cometchat' });
  await server.listen({ port: 0, host: '127.0.0.1' });
  onTestFinished(async () => {
    await emulator.close();
    await server.close();
  });
  return { origin: `http://127.0.0.1:${(server.server.address() as AddressInfo).port}/cometchat` };
}

const data = (body: object, headers?: Record<string, string>): Answer => ({
  status: 200,
  body: { data: body },
  ...(headers && { headers }),
});

/**
 * CometChat as its pages describe it, and nothing besides: keys (rest-api/authentication), users (rest-api/users), auth
 * tokens (rest-api/auth-tokens), limits (rest-api/rate-limits), error codes (articles/error-guide). Call tokens are as the
 * SDK asks for them. `instead`: what it says to some requests in place of that.
 */
export async function startDocumentedCloud(
  instead: (request: Recorded) => Answer | null = () => null,
): Promise<Cloud & { requests: Recorded[]; users: Map<string, boolean> }> {
  const users = new Map<string, boolean>([['cometchat-uid-1', true]]);
  const limit = { 'x-ratelimit-limit': '500', 'x-ratelimit-remaining': '497' };
  const vendor = await startVendor(asked => instead(asked) ?? answer(asked, users, limit));
  return { ...vendor, users };
}

function answer(asked: Recorded, users: Map<string, boolean>, limit: Record<string, string>): Answer {
  const { method, path, headers } = asked;
  const body = (asked.body ?? {}) as Record<string, unknown>;
  if (headers.appid !== undefined && headers.appid !== 'app1')
    return vendorError(401, 'AUTH_ERR_INVALID_APPID');
  if (path === '/v3.0/call_tokens') {
    const token = headers.authtoken;
    if (!token) return vendorError(401, 'AUTH_ERR_EMPTY_AUTH_TOKEN');
    if (!String(token).startsWith('token-of-')) return vendorError(401, 'AUTH_ERR_AUTH_TOKEN_NOT_FOUND');
    return data({ token: 'a.b.c' }, limit);
  }
  if (!headers.apikey) return vendorError(401, 'AUTH_ERR_EMPTY_APIKEY');
  if (headers.apikey === AUTH_KEY) return vendorError(403, 'AUTH_ERR_NO_ACCESS');
  if (headers.apikey !== API_KEY) return vendorError(404, 'AUTH_ERR_APIKEY_NOT_FOUND');
  if (`${method} ${path}` === 'POST /v3/users') {
    const { uid, name, withAuthToken } = body;
    if (!/^[\w-]{1,100}$/.test(String(uid))) return vendorError(400, 'ERR_BAD_REQUEST');
    if (users.has(String(uid))) return vendorError(400, 'ERR_UID_ALREADY_EXISTS');
    users.set(String(uid), true);
    const made = { uid, name, status: 'offline', role: 'default', createdAt: 1_630_306_819 };
    return data({ ...made, ...(withAuthToken === true && { authToken: `token-of-${uid}` }) }, limit);
  }
  const [, uid = '', rest] = /^\/v3\/users\/([^/]+)(\/auth_tokens)?$/.exec(path) ?? [];
  if (uid === '') return vendorError(404, 'ERR_API_NOT_FOUND');
  if (users.get(uid) !== true) return vendorError(404, 'ERR_UID_NOT_FOUND');
  if (rest) return data({ uid, authToken: `token-of-${uid}`, createdAt: 1_630_306_819 }, limit);
  if (method === 'PUT') return data({ uid, name: body.name }, limit);
  if (body.permanent === true) users.delete(uid);
  else users.set(uid, false);
  return data({ success: true, message: `User with ${uid} has been deleted successfully.` }, limit);
}
