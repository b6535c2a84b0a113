/** What stands in a report for what must not be in it. */
export const REDACTED = '[redacted]';

/** Names of headers, parameters and fields whose values let somebody in. Ends in `key`: `keyFrames` is a count. */
const SECRET_NAME =
  /token|secret|passw(or)?d|pwd|authorization|cookie|credential|signature|ufrag|jwt|invite|(^|[_-])auth$|key$/i;

/** `token=…` in an address, `pwd='…'` in XML, `"authToken": "…"` in JSON (also JSON in JSON), `a=ice-pwd:…` in SDP. */
const NAMED =
  /((?:token|secret|passw(?:or)?d|pwd|ufrag|signature|invite|jwt|(?<![a-z0-9])key|api-?key)\\?["']?\s*[=:]\s*\\?["']?)[^\s"'&;,<>\\]{6,}/gi;
const SCHEME = /\b(bearer|basic)\s+[\w.~+/-]{6,}=*/gi;
/** RFC 7519: a JSON object's beginning, in base64url; the signature may be cut off. */
const JWT = /\beyJ[\w-]{8,}(\.[\w-]*){0,4}/g;
/** Long enough for a link's key (21) or any key of ours; a path's parts are looked at one by one. */
const RUN = /[\w+-]{20,}={0,2}/g;
const HEX_KEY = /[0-9a-f]{32,}/i;

export function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name);
}

/** `text` without anything that looks like a secret. */
export function redactText(text: string): string {
  return redactTraceText(text)
    .replace(NAMED, `$1${REDACTED}`)
    .replace(RUN, run => (looksRandom(run) ? REDACTED : run));
}

/** The same for a recording that names its files by hashes: those have to stay. */
export function redactTraceText(text: string): string {
  return text
    .replace(JWT, REDACTED)
    .replace(SCHEME, `$1 ${REDACTED}`)
    .replace(/\b((?:pwd|ufrag|password)=\\*["'])[^"'\\]+/gi, `$1${REDACTED}`)
    .replace(/([#&?](?:key|invite|token)=)[\w.~%-]+/gi, `$1${REDACTED}`)
    .replace(/(a=ice-(?:pwd|ufrag):)[^\\\s]+/gi, `$1${REDACTED}`);
}

/** An address without the values of secret parameters; a fragment goes as a whole, since links carry their keys there. */
export function redactUrl(address: string): string {
  if (/^(data|blob):/i.test(address)) return address.slice(0, address.indexOf(',') + 1 || 40).slice(0, 60);
  const [rest = '', fragment] = address.split('#', 2);
  const [path = '', query] = rest.split(/\?(.*)/s, 2);
  const parameters = query?.split('&').map(redactParameter).join('&');
  return [
    redactText(path),
    parameters === undefined ? '' : `?${parameters}`,
    fragment === undefined ? '' : `#${REDACTED}`,
  ].join('');
}

function redactParameter(parameter: string): string {
  const [name = '', value] = parameter.split(/=(.*)/s, 2);
  if (value === undefined) return redactText(name);
  return `${name}=${isSecretName(name) ? REDACTED : redactText(value)}`;
}

/** Whether a run of characters looks drawn by lot; a UUID, a guest's uid and a long camelCase name do not. */
function looksRandom(run: string): boolean {
  if (HEX_KEY.test(run)) return true;
  const kinds = [/[a-z]/, /[A-Z]/, /\d/].filter(kind => kind.test(run)).length;
  if (kinds < 2 || !/[A-Z]/.test(run) || !/[a-z]/.test(run)) return false;
  return kinds === 3 || changes(run) * 3 >= run.length;
}

/** How often one kind of character follows another: at every second place in a key, seldom in a name. */
function changes(run: string): number {
  let count = 0;
  for (let at = 1; at < run.length; at += 1)
    if (kindOf(run.charCodeAt(at)) !== kindOf(run.charCodeAt(at - 1))) count += 1;
  return count;
}

/** Small letters, capitals, and the rest. */
function kindOf(code: number): number {
  if (code >= 97 && code <= 122) return 0;
  return code >= 65 && code <= 90 ? 1 : 2;
}
