export const HIDDEN = '[hidden]';

/** RFC 7519: a JSON object's beginning in base64url; the rest of it may be cut off. */
const JWT = /eyJ[\w-]+(\.[\w-]*){0,4}/g;
/** `pwd=…` in an address, `"token": "…"` in JSON, `a=ice-pwd:…` in SDP, with whatever the name begins with. */
const NAMED = /((?:token|secret|password|pwd|ufrag|key|invite)["']?\s*[=:]\s*["']?|bearer\s+)[\w.+/=-]{6,}/gi;
/** No version, like Chrome/131.0.0.0. */
const IPV4 = /(?<![\w./])(\d{1,3})\.(\d{1,3})\.\d{1,3}\.\d{1,3}(?![\w.])/g;
/** At least three colons, or two that stand together (RFC 4291, 2.2); a time of day has two apart. */
const IPV6 = /(?<![\w:])(?=[\da-f:]*(?:::|:[\da-f]*:[\da-f]*:))[\da-f]{0,4}(?::[\da-f]{0,4}){2,7}(?![\w:])/gi;
const RUN = /[\w+-]{16,}={0,2}/g;
/** Like calls-sdk-javascript, office-hours-20261120, onParticipantJoined and SRTP_AES128_CM_HMAC_SHA1_80. */
const WORDS_AND_NUMBERS =
  /^([a-z]+(-[a-z]+)*(-\d{1,8})?|[a-z]+([A-Z][a-z]{2,})+|[A-Z]+\d{0,3}(_[A-Z]*\d{0,3})+)$/;

export interface Known {
  /** Of this visit: never to be seen, whatever they look like. */
  readonly secrets: readonly string[];
  /** Names, by uid. */
  readonly people: ReadonlyMap<string, string>;
}

/** Without tokens, and whatever is named as a secret: an error's words may hold the address that failed. */
export function hideSecrets(text: string): string {
  return text.replace(JWT, HIDDEN).replace(NAMED, `$1${HIDDEN}`);
}

/** Makes texts fit for strangers: without secrets, people or addresses, but so that one can still tell them apart. */
export function createRedactor({ secrets, people }: Known): (text: string) => string {
  const aliases = [...people].flatMap(([uid, name], index) => [
    [uid, `person-${index + 1}`] as const,
    [name, `person-${index + 1}`] as const,
  ]);
  // A name may be part of another.
  aliases.sort(([a], [b]) => b.length - a.length);
  const names = aliases
    .filter(([name]) => name !== '')
    .map(
      ([name, alias]) =>
        [new RegExp(`(?<![\\p{L}\\p{N}])${quote(name)}(?![\\p{L}\\p{N}])`, 'giu'), alias] as const,
    );
  return text => {
    let clean = text;
    for (const secret of secrets) clean = clean.replaceAll(secret, HIDDEN);
    clean = hideSecrets(clean);
    for (const [pattern, alias] of names) clean = clean.replace(pattern, alias);
    return clean.replace(IPV4, maskIpv4).replace(IPV6, maskIpv6).replace(RUN, maskRun);
  };
}

/** Every text in a tree of plain values, by `redact`. */
export function redactTree(value: unknown, redact: (text: string) => string): unknown {
  if (typeof value === 'string') return redact(value);
  if (Array.isArray(value)) return value.map(item => redactTree(item, redact));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, redactTree(inner, redact)]));
}

/** Private networks (RFC 1918) and one's own machine tell nothing about who it is. */
function maskIpv4(_: string, first: string, second: string): string {
  if (first === '127') return 'loopback 127.x';
  if (first === '10') return 'private 10.x';
  if (first === '192' && second === '168') return 'private 192.168.x';
  if (first === '172' && Number(second) >= 16 && Number(second) < 32) return `private 172.${second}.x`;
  return `${first}.${second}.x`;
}

function maskIpv6(address: string): string {
  if (address === '::1') return 'loopback ::1';
  const [first = ''] = address.split(':');
  return first === '' ? 'IPv6 ::x' : `IPv6 ${first}:x`;
}

/** What looks drawn by lot. A session's uuid is as good as a key: it opens the meeting. */
function maskRun(run: string): string {
  if (WORDS_AND_NUMBERS.test(run)) return run;
  const drawn = /\d/.test(run) && /[a-z]/i.test(run);
  const changing = /[A-Z].*[a-z].*[A-Z].*[a-z].*[A-Z].*[a-z].*[A-Z]/.test(run);
  return drawn || changing ? `${run.slice(0, 4)}…` : run;
}

function quote(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}
