import { isSecretName, REDACTED } from './redact.ts';

/**
 * A trace's record of requests, a HAR entry a line, without cookies and values under telling names. By structure: cookies that
 * are HttpOnly are told to nobody but the trace, so that no value of theirs is known from elsewhere. Pure.
 */
export function redactRequests(text: string): string {
  return text.split('\n').map(redactLine).join('\n');
}

function redactLine(line: string): string {
  try {
    return JSON.stringify(JSON.parse(line, redactField));
  } catch {
    // The last line is empty.
    return line;
  }
}

/** A reviver of JSON: what is inside of a value has been through it before. */
function redactField(key: string, value: unknown): unknown {
  if (key === 'cookies' && Array.isArray(value)) return value.map(withoutValue);
  return isNamed(value) && isSecretName(value.name) ? withoutValue(value) : value;
}

function isNamed(value: unknown): value is { readonly name: string } {
  const { name, value: own } = (value ?? {}) as { name?: unknown; value?: unknown };
  return typeof name === 'string' && typeof own === 'string';
}

function withoutValue(named: object): object {
  return { ...named, value: REDACTED };
}
