import { MeetError } from '../core/errors.ts';
import type { HostOverrides } from './bases.ts';

/** What we take from a `cometchat-settings.json`; the rest of the file is for the SDKs. */
export interface SettingsFile {
  readonly appId?: string;
  readonly region?: string;
  readonly authKey?: string;
  readonly hosts?: HostOverrides;
}

type Json = Record<string, unknown>;

/** Reads the shape that the SDK's `initFromSettings` takes. Throws `BAD_CONFIG` naming the file and the field. */
export function parseSettingsFile(text: string, file: string): SettingsFile {
  const root = asObject(parse(text, file), file, 'the file');
  const credentials = asObject(root.credentials ?? {}, file, 'credentials');
  const callsSdk = asObject(root.callsSDK ?? {}, file, 'callsSDK');
  const hosts = Object.fromEntries(
    (['host', 'adminHost', 'clientHost'] as const).flatMap(name => {
      const base = readBase(callsSdk, name, file);
      return base ? [[name, base]] : [];
    }),
  );
  const appId = readText(root, 'appId', file);
  const region = readText(root, 'region', file);
  const authKey = readText(credentials, 'authKey', file);
  return { hosts, ...(appId && { appId }), ...(region && { region }), ...(authKey && { authKey }) };
}

function parse(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own message quotes the text, and with it perhaps a key.
    throw new MeetError('BAD_CONFIG', `${file} is not valid JSON; mend it or remove it.`);
  }
}

function asObject(value: unknown, file: string, what: string): Json {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Json;
  throw new MeetError('BAD_CONFIG', `${file}: ${what} must be a JSON object.`);
}

function readText(from: Json, field: string, file: string): string | undefined {
  const value = from[field];
  if (value === undefined || typeof value === 'string') return value;
  throw new MeetError('BAD_CONFIG', `${file}: ${field} must be a string.`);
}

function readBase(from: Json, field: string, file: string): string | undefined {
  const text = readText(from, field, file);
  return text && checkBase(text, `${file}: callsSDK.${field}`);
}

/** A base without its trailing slash. Throws `BAD_CONFIG`: https only, the key travels there. Loopback may be plain. */
export function checkBase(text: string, what: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  const loopback = url && ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  if (url && (url.protocol === 'https:' || (url.protocol === 'http:' && loopback)))
    return text.replace(/\/+$/, '');
  throw new MeetError('BAD_CONFIG', `${what} must be a URL like https://host/v3.0.`);
}
