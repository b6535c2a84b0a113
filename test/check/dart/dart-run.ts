import { fileURLToPath } from 'node:url';
import { type DartProject, readDartProject } from '../../../src/check/dart/dart-project.ts';
import { loadDart } from '../../../src/check/dart/parse-dart.ts';

const inModules = (path: string) => fileURLToPath(new URL(`../../../node_modules/${path}`, import.meta.url));

export const parseDart = await loadDart({
  runtime: inModules('web-tree-sitter/web-tree-sitter.wasm'),
  grammar: inModules('@repomix/tree-sitter-wasms/out/tree-sitter-dart.wasm'),
});

export function projectOf(...texts: readonly string[]): DartProject {
  return readDartProject(
    texts.map((text, index) => ({ path: `lib/${index}.dart`, text, root: parseDart(text).root })),
  );
}
