import { isMap, isScalar, parseDocument, type YAMLMap } from 'yaml';

export interface Pubspec {
  readonly name: string;
  readonly dependencies: ReadonlyMap<string, PubDependency>;
  /** What is wrong with the file, in the parser's words; null where nothing is. */
  readonly fault: string | null;
}

export interface PubDependency {
  /** Its constraint, like `^5.0.0`; empty where it comes from a path or from git. */
  readonly version: string;
  readonly start: number;
}

/** `pubspec.yaml`; dependencies of development are not the app's. */
export function readPubspec(text: string): Pubspec {
  const document = parseDocument(text, { logLevel: 'silent' });
  const fault = document.errors[0]?.message.split('\n')[0] ?? null;
  const { contents } = document;
  if (!isMap(contents)) return { name: '', dependencies: new Map(), fault };
  const name = contents.get('name');
  const dependencies = contents.get('dependencies');
  return {
    name: typeof name === 'string' ? name : '',
    dependencies: isMap(dependencies) ? readDependencies(dependencies) : new Map(),
    fault,
  };
}

function readDependencies(map: YAMLMap): Map<string, PubDependency> {
  const found = new Map<string, PubDependency>();
  for (const { key, value } of map.items) {
    if (!isScalar(key)) continue;
    const version = isScalar(value) ? String(value.value ?? '') : '';
    found.set(String(key.value), { version, start: key.range?.[0] ?? 0 });
  }
  return found;
}
