import { type Disk, nodeDisk } from './disk.ts';
import { type Manifest, readPackages } from './manifests.ts';
import type { Note } from './note.ts';
import { type ProjectFile, readProjectFile } from './read.ts';
import { type SdkMajor, sdkMajorFor } from './sdk-version.ts';
import { walkProject } from './walk.ts';

/** A folder of source files, each read once. */
export interface Project {
  /** Absolute. */
  readonly root: string;
  readonly files: ReadonlyMap<string, ProjectFile>;
  readonly packages: readonly Manifest[];
  readonly notes: readonly Note[];
  /** Of the Calls SDK for the web, for the file at this path. */
  sdkMajor(path: string): SdkMajor | null;
}

/** Reads all that rules may be about. Never throws: what cannot be read is a note. */
export function readProject(root: string, disk: Disk = nodeDisk): Project {
  const { paths, notes } = walkProject(root, disk);
  const read = paths.map(path => readProjectFile(root, path, disk));
  const files = read.filter(file => file !== null && 'text' in file);
  const failed = read.filter(file => file !== null && 'message' in file);
  return createProject(root, files, [...notes, ...failed]);
}

/** The same project with other texts in some of its files. */
export function withTexts(project: Project, texts: ReadonlyMap<string, string>): Project {
  const files = [...project.files.values()].map(file => ({
    ...file,
    text: texts.get(file.path) ?? file.text,
  }));
  return createProject(project.root, files, project.notes);
}

/** A project of files that are in memory already: documentation examples and tests. */
export function createProject(root: string, given: readonly ProjectFile[], before: readonly Note[]): Project {
  const packages = readPackages(given);
  const notes = given.length > 0 ? before : [...before, { file: '.', message: 'nothing to check here' }];
  return {
    root,
    files: new Map(given.map(file => [file.path, file])),
    packages,
    notes,
    sdkMajor: path => sdkMajorFor(path, packages, given),
  };
}
