import { isMap, isScalar, parseDocument, type YAMLMap } from 'yaml';
import { MeetError } from '../../core/errors.ts';

const NEEDED: Readonly<Record<string, string>> = {
  app_links: '^6.3.0',
  cometchat_calls_sdk: '^5.0.0',
  http: '^1.2.0',
  permission_handler: '^11.3.0',
};

export interface Pubspec {
  has(name: string): boolean;
  /** The same text with the dependencies it lacks. */
  readonly completed: string;
}

/** Reads `pubspec.yaml`. Throws `BAD_REQUEST` where that is of no Flutter app. */
export function readPubspec(text: string): Pubspec {
  const document = parseDocument(text, { logLevel: 'silent' });
  const [fault] = document.errors;
  if (fault)
    throw new MeetError(
      'BAD_REQUEST',
      `pubspec.yaml is no whole YAML (line ${fault.linePos?.[0].line}); mend it first.`,
    );
  const map = isMap(document.contents) ? document.contents.get('dependencies') : null;
  if (!isMap(map) || !map.has('flutter') || map.flow)
    throw new MeetError(
      'BAD_REQUEST',
      'pubspec.yaml is of no Flutter app: flutter is not among its dependencies.',
    );
  const has = (name: string) => map.has(name);
  return {
    has,
    completed: complete(
      text,
      map,
      Object.keys(NEEDED).filter(name => !has(name)),
    ),
  };
}

/** As lines behind the last dependency: printing the document anew would move other people's comments and blanks. */
function complete(text: string, map: YAMLMap, missing: readonly string[]): string {
  const [first] = map.items;
  const last = map.items.at(-1);
  const start = isScalar(first?.key) ? (first.key.range?.[0] ?? 0) : 0;
  const indent = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
  const key = isScalar(last?.key) ? (last.key.range?.[1] ?? 0) : 0;
  // A value's range ends behind its line; a missing value has none.
  const value = (last?.value as { range?: readonly [number, number, number] } | null)?.range?.[1] ?? key;
  const lineEnd = text.indexOf('\n', Math.max(key, value - 1));
  const at = lineEnd < 0 ? text.length : lineEnd + 1;
  const end = text.includes('\r\n') ? '\r\n' : '\n';
  const lines = missing.map(name => `${indent}${name}: ${NEEDED[name]}${end}`).join('');
  const gap = lines && lineEnd < 0 ? end : '';
  return text.slice(0, at) + gap + lines + text.slice(at);
}
