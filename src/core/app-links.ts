import { MeetError } from './errors.ts';

/** The apps that open this server's links, as `meet.config.json` names them under `apps`. */
export interface LinkedApps {
  readonly android: readonly AndroidApp[];
  readonly ios: readonly IosApp[];
  /** Of links like `myapp://meet/<id>`, without the colon; null where there are none. */
  readonly scheme: string | null;
}

interface AndroidApp {
  readonly package: string;
  /** SHA-256 of the certificates that the app is signed with. */
  readonly fingerprints: readonly string[];
}

interface IosApp {
  readonly teamId: string;
  readonly bundleId: string;
}

type Json = Record<string, unknown>;

/** @see https://developer.android.com/build/configure-app-module#set-application-id */
export const PACKAGE = /^[A-Za-z][A-Za-z0-9_]*(\.[A-Za-z][A-Za-z0-9_]*)+$/;
/** As `keytool` and the Play Console print it. */
export const FINGERPRINT = /^([0-9A-F]{2}:){31}[0-9A-F]{2}$/;
export const TEAM = /^[A-Z0-9]{10}$/;
/** @see https://developer.apple.com/documentation/bundleresources/information-property-list/cfbundleidentifier */
export const BUNDLE = /^[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*$/;
/** RFC 3986, 3.1; systems compare it in lower case. */
const SCHEME = /^[a-z][a-z0-9+.-]*$/;
/** What browsers or systems open themselves; `javascript:` would run in our page. */
const TAKEN =
  /^(https?|javascript|vbscript|data|file|blob|about|intent|android-app|content|mailto|tel|sms|wss?|ftp|view-source|chrome.*|itms.*)$/;

/** Reads `apps` of the file called `file`. Throws `BAD_CONFIG` naming the field and its right form. */
export function parseLinkedApps(value: object, file: string): LinkedApps {
  const bad = (field: string, form: string) => new MeetError('BAD_CONFIG', `${file}: ${field} ${form}.`);
  const object = (from: unknown, field: string, known: readonly string[]): Json => {
    if (typeof from !== 'object' || from === null || Array.isArray(from))
      throw bad(field, `must be an object with ${known.join(', ')}`);
    const unknown = Object.keys(from).find(name => !known.includes(name));
    if (unknown) throw bad(`${field}.${unknown}`, `is not known; it takes ${known.join(', ')}`);
    return from as Json;
  };
  const list = (from: unknown, field: string): readonly unknown[] => {
    if (Array.isArray(from)) return from;
    throw bad(field, 'must be a list');
  };
  const text = (from: unknown, field: string, pattern: RegExp, form: string): string => {
    if (typeof from === 'string' && pattern.test(from)) return from;
    throw bad(field, `must be ${form}`);
  };

  const readFingerprint = (from: unknown, field: string) =>
    text(
      typeof from === 'string' ? from.trim().toUpperCase() : from,
      field,
      FINGERPRINT,
      'a SHA-256 fingerprint of 32 hex pairs with colons, as keytool -list -v prints it',
    );
  const readAndroid = (from: unknown, field: string): AndroidApp => {
    const app = object(from, field, ['package', 'fingerprints']);
    const fingerprints = list(app.fingerprints, `${field}.fingerprints`);
    if (fingerprints.length === 0) throw bad(`${field}.fingerprints`, 'must have at least one');
    return {
      package: text(app.package, `${field}.package`, PACKAGE, "the app's id, like com.example.app"),
      fingerprints: fingerprints.map((one, at) => readFingerprint(one, `${field}.fingerprints[${at}]`)),
    };
  };
  const readIos = (from: unknown, field: string): IosApp => {
    const app = object(from, field, ['teamId', 'bundleId']);
    const team = "the team's ten capitals and digits, like ABCDE12345";
    return {
      teamId: text(app.teamId, `${field}.teamId`, TEAM, team),
      bundleId: text(app.bundleId, `${field}.bundleId`, BUNDLE, "the app's bundle id, like com.example.app"),
    };
  };
  const readScheme = (from: unknown): string => {
    const scheme = text(from, 'apps.scheme', SCHEME, 'a word of your own in lower case, like myapp');
    if (TAKEN.test(scheme)) throw bad('apps.scheme', `is ${scheme}, which is taken; make up one of your own`);
    return scheme;
  };

  const apps = object(value, 'apps', ['android', 'ios', 'scheme']);
  return {
    android: list(apps.android ?? [], 'apps.android').map((one, at) =>
      readAndroid(one, `apps.android[${at}]`),
    ),
    ios: list(apps.ios ?? [], 'apps.ios').map((one, at) => readIos(one, `apps.ios[${at}]`)),
    scheme: apps.scheme === undefined ? null : readScheme(apps.scheme),
  };
}
