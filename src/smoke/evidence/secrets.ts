import { disguisesOf } from './disguises.ts';
import { isSecretName, redactText, redactTraceText, redactUrl } from './redact.ts';
import { createStriker, SHORTEST } from './strike.ts';

/** Remembers every secret that was seen on the wire, so that none of them can get into the report in any shape. */
export interface Secrets {
  /** A value that is one for sure. */
  note(value: string): void;
  noteHeaders(headers: Readonly<Record<string, string>>): void;
  noteUrl(address: string): void;
  /** A request's or an answer's body; what is neither JSON nor a form says nothing. */
  noteBody(text: string): void;
  cleanText(text: string): string;
  cleanUrl(address: string): string;
  /** For recordings, whose hashes have to stay. */
  cleanTrace(text: string): string;
  /** A copy of plain data with every text in it cleaned. */
  clean<T>(value: T): T;
}

const DEEPEST = 8;
/** `application/x-www-form-urlencoded`, as a form's login sends it. */
const FORM = /^[\w.~%+*-]+=\S*$/;

export function createSecrets(): Secrets {
  const known = new Set<string>();
  const { add, strike } = createStriker();
  const note = (value: string) => {
    if (value.length < SHORTEST || known.has(value) || /\s|:\/\//.test(value)) return;
    known.add(value);
    disguisesOf(value).forEach(add);
  };
  const noteNamed = (name: string, value: string) => {
    if (isSecretName(name)) note(value.replace(/^(bearer|basic)\s+/i, ''));
  };
  const noteFields = (value: unknown, depth = 0): void => {
    if (typeof value !== 'object' || value === null || depth > DEEPEST) return;
    for (const [name, field] of Object.entries(value))
      if (typeof field === 'string') noteNamed(name, field);
      else noteFields(field, depth + 1);
  };
  const noteParameters = (text: string) => {
    for (const [name, value] of new URLSearchParams(text)) noteNamed(name, value);
  };
  const cleanText = (text: string) => redactText(strike(text));
  return {
    note,
    noteHeaders(headers) {
      for (const [name, value] of Object.entries(headers)) noteNamed(name, value);
    },
    noteUrl(address) {
      const fragment = address.split('#', 2)[1] ?? '';
      const query = address.split('#', 1)[0]?.split(/\?(.*)/s, 2)[1] ?? '';
      for (const parameters of [query, fragment]) noteParameters(parameters);
    },
    noteBody(text) {
      if (FORM.test(text)) noteParameters(text);
      else noteFields(parse(text));
    },
    cleanText,
    cleanUrl: address => redactUrl(strike(address)),
    cleanTrace: text => redactTraceText(strike(text)),
    clean: value => cleanValue(value, cleanText) as typeof value,
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function cleanValue(value: unknown, cleanText: (text: string) => string): unknown {
  if (typeof value === 'string') return cleanText(value);
  if (Array.isArray(value)) return value.map(item => cleanValue(item, cleanText));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, cleanValue(item, cleanText)]));
}
