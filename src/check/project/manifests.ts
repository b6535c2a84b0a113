import { isRecord, parseJson } from '../plain-json.ts';
import type { ProjectFile } from './read.ts';

/** What one `package.json` or `pubspec.yaml` says, as far as rules ask. */
export interface Manifest {
  readonly path: string;
  /** '' for the project's own folder. */
  readonly folder: string;
  readonly name: string | null;
  /** Name to range, development ones too. */
  readonly dependencies: ReadonlyMap<string, string>;
}

/** The manifests that can be read; broken ones are as if absent. */
export function readPackages(files: Iterable<ProjectFile>): Manifest[] {
  return [...files]
    .filter(({ path }) => path === 'package.json' || path.endsWith('/package.json'))
    .flatMap(file => readPackage(file) ?? []);
}

function readPackage({ path, text }: ProjectFile): Manifest | null {
  const data = parseJson(text);
  if (!isRecord(data)) return null;
  const groups = ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies'];
  const pairs = groups.flatMap(group => (isRecord(data[group]) ? Object.entries(data[group]) : []));
  return {
    path,
    folder: path.slice(0, -'package.json'.length).replace(/\/$/, ''),
    name: typeof data.name === 'string' ? data.name : null,
    dependencies: new Map(pairs.map(([name, range]) => [name, String(range)])),
  };
}

/** The nearest one above a file: in a monorepo each app has its own. */
export function nearestManifest(manifests: readonly Manifest[], path: string): Manifest | null {
  const above = manifests.filter(({ folder }) => folder === '' || path.startsWith(`${folder}/`));
  return above.sort((a, b) => b.folder.length - a.folder.length)[0] ?? null;
}
