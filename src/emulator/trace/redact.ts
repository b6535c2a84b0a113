/** What stands in a trace for what must not be in it. */
export const REDACTED = '[redacted]';

/** Ends in `key`, not begins: `keyFrames` is a count. `ufrag` goes too: half of a secret is of no use to a reader. */
const SECRET_NAME =
  /token|secret|passw(or)?d|pwd|authorization|cookie|credential|signature|ufrag|jwt|(^|[_-])auth$|key$/i;
/**
 * `token=…` in an address, `pwd='…'` in XML, `"key": "…"` in JSON, `a=ice-pwd:…` in SDP. What goes before in the name is not
 * looked for: a text of many half names would be gone through again for each.
 */
const NAMED =
  /((?:token|secret|passw(?:or)?d|pwd|ufrag|(?<![a-z0-9])key)["']?\s*[=:]\s*["']?)[^\s"'&;,<>]+/gi;
const SCHEME = /\b(bearer|basic)\s+\S+/gi;
/** RFC 7519: a JSON object's beginning, in base64url; the signature may be cut off. */
const JWT = /\beyJ[\w-]+(\.[\w-]*){0,4}/g;
/** Long enough for a link's key (21), an ICE password (22 and more) or any key of ours (43). */
const RUN = /[\w+/-]{20,}={0,2}/g;
const HEX_KEY = /[0-9a-f]{32,}/i;

/** Room for a summary, not for what is summarised; it also bounds what a hostile client can make us keep. */
const MAX_TEXT = 300;
const MAX_CHARACTERS = 2_000;
const MAX_DEPTH = 4;
/** How many names, and how many short texts, are remembered. */
const MAX_KNOWN = 500;

/** A copy of `detail`, of plain values only, without secrets and of bounded size. */
export function redact(detail: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return copyFields(detail, { left: MAX_CHARACTERS }, 0);
}

/** `text` without anything that is, or looks like, a secret. */
export function redactText(text: string): string {
  // Most texts are a name or an id: too short for a secret, and without a sign that one is named.
  if (text.length < 20 && !/[=:\s]/.test(text)) return text;
  return text.length > LONGEST_KNOWN ? redactAnew(text) : redactKnown(text);
}

/** Of routes and ids, which come again and again. */
const LONGEST_KNOWN = 60;
const redactKnown = remembered(redactAnew);

function redactAnew(text: string): string {
  return text
    .slice(0, MAX_TEXT * 4)
    .replace(JWT, REDACTED)
    .replace(SCHEME, `$1 ${REDACTED}`)
    .replace(NAMED, `$1${REDACTED}`)
    .replace(RUN, run => (isRandom(run) ? REDACTED : run));
}

interface Budget {
  left: number;
}

/** Names repeat with every event, so each is looked at once. */
const isSecret = remembered(name => SECRET_NAME.test(name));

/** The same answers, of which the latest are kept. */
function remembered<Answer>(ask: (text: string) => Answer): (text: string) => Answer {
  const answers = new Map<string, Answer>();
  return text => {
    const known = answers.get(text);
    if (known !== undefined) return known;
    if (answers.size >= MAX_KNOWN) answers.clear();
    const answer = ask(text);
    answers.set(text, answer);
    return answer;
  };
}

function copyFields(fields: object, budget: Budget, depth: number): Record<string, unknown> {
  const copy: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields)) {
    if (value === undefined) continue;
    if (budget.left <= 0) return copy;
    budget.left -= name.length;
    copy[redactText(name).slice(0, MAX_TEXT)] =
      isSecret(name) && typeof value !== 'boolean' && value !== null
        ? REDACTED
        : copyValue(value, budget, depth);
  }
  return copy;
}

function copyValue(value: unknown, budget: Budget, depth: number): unknown {
  if (typeof value === 'string') return copyText(value, budget);
  if (value === null || typeof value === 'boolean') return value;
  if (typeof value === 'number') {
    budget.left -= 4;
    return Number.isFinite(value) ? value : null;
  }
  if (typeof value !== 'object' || depth >= MAX_DEPTH) return copyText(String(value), budget);
  if (ArrayBuffer.isView(value)) return `${value.byteLength} bytes`;
  if (Array.isArray(value)) {
    const copies: unknown[] = [];
    for (const item of value) {
      if (budget.left <= 0) break;
      budget.left -= 1;
      copies.push(copyValue(item, budget, depth + 1));
    }
    return copies;
  }
  return copyFields(value, budget, depth + 1);
}

function copyText(text: string, budget: Budget): string {
  const clean = redactText(text);
  const short = clean.length > MAX_TEXT ? `${clean.slice(0, MAX_TEXT)}…` : clean;
  budget.left -= short.length;
  return short;
}

/**
 * Whether a run of characters looks drawn by lot. A UUID, a guest's uid and a camelCase name do not: one kind of
 * letter follows the other there, where a base64 key changes between them at every second character; in names every third is rare.
 */
function isRandom(run: string): boolean {
  if (HEX_KEY.test(run)) return true;
  if (/[a-z]/.test(run) && /[A-Z]/.test(run) && /\d/.test(run)) return true;
  let changes = 0;
  for (let i = 1; i < run.length; i++) if (kindOf(run, i) !== kindOf(run, i - 1)) changes += 1;
  return /[a-z]/.test(run) && /[A-Z]/.test(run) && changes * 3 >= run.length;
}

function kindOf(text: string, at: number): number {
  const code = text.charCodeAt(at);
  if (code >= 97) return 0;
  if (code >= 65) return 1;
  return 2;
}
