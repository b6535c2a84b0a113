import { type DartSource, readDartProject } from '../dart/dart-project.ts';
import type { ParseDart } from '../dart/parse-dart.ts';
import { readAndroidManifest } from '../native/android-manifest.ts';
import { type PropertyListEntry, readPropertyList } from '../native/property-list.ts';
import { readPubspec } from '../native/pubspec.ts';
import { readXml } from '../native/read-xml.ts';
import { lineStarts, positionAt } from '../positions.ts';
import type { Note } from '../project/note.ts';
import type { Project } from '../project/project.ts';
import { type FlutterApp, type FlutterFiles, type Read, readFlutterApp } from './flutter-app.ts';

export interface Flutter {
  readonly apps: readonly FlutterApp[];
  readonly notes: readonly Note[];
}

export const NO_FLUTTER: Flutter = { apps: [], notes: [] };

const MANIFEST = 'android/app/src/main/AndroidManifest.xml';
const INFO_PLIST = 'ios/Runner/Info.plist';
/** Only what speaks of the SDK is worth parsing. */
const MENTION = /cometchat|CallSession|SessionStatusListeners|ButtonClickListeners/i;

/**
 * The Flutter apps of a project, one for each `pubspec.yaml`. What is no whole Dart, XML or YAML is noted, and read as far as it
 * goes. Apps without a word of CometChat are left out, and their Dart is not parsed.
 */
export function readFlutter({ files: all }: Project, parse: ParseDart): Flutter {
  const files = new Map([...all].map(([path, { text }]) => [path, text]));
  const notes: Note[] = [];
  const apps = [...groupByApp(files)].flatMap(([folder, paths]) => {
    const dart = paths.filter(path => path.endsWith('.dart'));
    if (!dart.some(path => MENTION.test(files.get(path) ?? ''))) return [];
    const sources = dart.map(path => readSource(path, files.get(path) ?? '', parse, notes));
    return [readFlutterApp(readDartProject(sources), readOthers(folder, paths, files, notes))];
  });
  return { apps, notes };
}

/** Each app's own files: what is below a `pubspec.yaml`, and below none that is deeper. */
function groupByApp(files: ReadonlyMap<string, string>): Map<string, string[]> {
  const folders = [...files.keys()].filter(path => /(^|\/)pubspec\.yaml$/.test(path)).map(folderOf);
  const deepestFirst = [...folders, ''].sort((a, b) => b.length - a.length);
  const groups = new Map<string, string[]>();
  for (const path of files.keys()) {
    const folder = deepestFirst.find(one => path.startsWith(one)) ?? '';
    groups.set(folder, [...(groups.get(folder) ?? []), path]);
  }
  return groups;
}

/** With its `/`; empty for the top. */
function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}

function readSource(path: string, text: string, parse: ParseDart, notes: Note[]): DartSource {
  const { root, gaps } = parse(text);
  const [start] = gaps;
  if (start !== undefined) {
    const { line } = positionAt(lineStarts(text), start);
    notes.push({
      file: path,
      line,
      message: 'not all of this is Dart that we can read; the rest was checked',
    });
  }
  return { path, text, root };
}

function readOthers(
  folder: string,
  paths: readonly string[],
  files: ReadonlyMap<string, string>,
  notes: Note[],
): FlutterFiles {
  const textAt = (path: string) => files.get(folder + path);
  const pubspec = textAt('pubspec.yaml');
  const read = pubspec === undefined ? null : readPubspec(pubspec);
  if (read?.fault) notes.push({ file: `${folder}pubspec.yaml`, message: read.fault });
  const manifest = readXmlAt(folder + MANIFEST, files, notes);
  const lists = paths.filter(path => path.endsWith('.entitlements'));
  return {
    pubspec: read && { path: `${folder}pubspec.yaml`, text: pubspec ?? '', content: read },
    manifest: manifest && {
      path: folder + MANIFEST,
      text: textAt(MANIFEST) ?? '',
      content: readAndroidManifest(manifest),
    },
    infoPlist: readListAt(folder + INFO_PLIST, files, notes),
    entitlements: lists.flatMap(path => readListAt(path, files, notes) ?? []),
  };
}

function readXmlAt(path: string, files: ReadonlyMap<string, string>, notes: Note[]) {
  const text = files.get(path);
  if (text === undefined) return null;
  const { root, fault } = readXml(text);
  if (fault) notes.push({ file: path, message: fault });
  return root;
}

function readListAt(
  path: string,
  files: ReadonlyMap<string, string>,
  notes: Note[],
): Read<ReadonlyMap<string, PropertyListEntry>> | null {
  const root = readXmlAt(path, files, notes);
  const content = root && readPropertyList(root);
  return content && { path, text: files.get(path) ?? '', content };
}
