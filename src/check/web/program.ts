import { ts } from '@ts-morph/common';
import { MOST_LEVELS, tooDeep, unlessTooDeep } from '../project/nesting.ts';
import type { Note } from '../project/note.ts';
import type { Project } from '../project/project.ts';
import { isDeeper } from './nodes.ts';
import { listScripts, pickRelevant, type Script } from './relevant.ts';
import { createResolver } from './resolve.ts';
import { SDK_FILES, type SdkName, sdkModuleOf } from './sdk-modules.ts';
import { SMALL_LIB } from './small-lib.ts';

/** Where the project stands for the compiler, whatever the machine. */
const ROOT = '/project/';

const LIB = '/sdk/lib.d.ts';

const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ESNext,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  allowJs: true,
  checkJs: false,
  noLib: true,
  types: [],
  jsx: ts.JsxEmit.Preserve,
  noImplicitThis: true,
  esModuleInterop: true,
  allowArbitraryExtensions: true,
  experimentalDecorators: true,
  skipLibCheck: true,
};

/** The relevant code of a project, parsed and bound. */
export interface WebProgram {
  readonly checker: ts.TypeChecker;
  /** By the path of the project file, in order. */
  readonly sources: ReadonlyMap<string, ts.SourceFile>;
  /** The files that the SDK itself can get into. */
  readonly nearSdk: ReadonlySet<string>;
  /** Which files have syntax errors; they are checked as far as they can be read. */
  readonly notes: readonly Note[];
  /** The project file that a node is from; null for what we declare ourselves. */
  pathOf(node: ts.Node): string | null;
  /** The project file that a specifier means in the file at `from`; null for packages. */
  resolvePath(specifier: string, from: string): string | null;
  /** What `import('…')` and `require('…')` give; null for other calls and for packages. */
  importedModule(node: ts.Node): ts.Symbol | null;
  /** Our declaration of an SDK's class: where every trail to the SDK ends. */
  sdkClass(name: SdkName): ts.Node | null;
}

/** Parses every script once; what cannot matter is dropped as soon as its syntax is known. */
export function openProgram(project: Project): WebProgram {
  const resolver = createResolver(project);
  const notes: Note[] = [];
  const scripts = listScripts(project, notes);
  const relevant = pickRelevant(scripts, resolver);
  const sources = parseAll(scripts, relevant.paths, notes);
  const byPath = new Map(scripts.map(script => [script.path, ROOT + script.name]));
  const byName = new Map(scripts.map(script => [ROOT + script.name, script.path]));
  const resolve = (specifier: string, from: string) => {
    const sdk = sdkModuleOf(specifier);
    const path = sdk ? null : resolver.resolve(specifier, byName.get(from) ?? '');
    return sdk?.file ?? (path ? byPath.get(path) : undefined);
  };
  const roots = [...sources.keys()].map(path => byPath.get(path) ?? '');
  const program = ts.createProgram({
    rootNames: [LIB, ...SDK_FILES.map(({ file }) => file), ...roots],
    options: OPTIONS,
    host: createHost(
      new Map([...sources].map(([path, source]) => [byPath.get(path) ?? '', source])),
      resolve,
    ),
  });
  const checker = program.getTypeChecker();
  return {
    checker,
    sources,
    nearSdk: relevant.nearSdk,
    notes,
    pathOf: node => byName.get(node.getSourceFile().fileName) ?? null,
    resolvePath: (specifier, from) => resolver.resolve(specifier, from),
    importedModule(node) {
      const specifier = importedSpecifier(node);
      const file = specifier === null ? undefined : resolve(specifier, node.getSourceFile().fileName);
      const source = file === undefined ? undefined : program.getSourceFile(file);
      return (source && checker.getSymbolAtLocation(source)) ?? null;
    },
    sdkClass: name =>
      SDK_FILES.flatMap(({ file }) => program.getSourceFile(file)?.statements ?? []).find(
        each => ts.isClassDeclaration(each) && each.name?.text === name,
      ) ?? null,
  };
}

function importedSpecifier(node: ts.Node): string | null {
  if (!ts.isCallExpression(node)) return null;
  const isImport = node.expression.kind === ts.SyntaxKind.ImportKeyword;
  const isRequire = ts.isIdentifier(node.expression) && node.expression.text === 'require';
  const [specifier] = node.arguments;
  return (isImport || isRequire) && specifier && ts.isStringLiteralLike(specifier) ? specifier.text : null;
}

/** Notes are about all scripts; kept are those that rules can be about. */
function parseAll(scripts: readonly Script[], relevant: ReadonlySet<string>, notes: Note[]) {
  const sources = new Map<string, ts.SourceFile>();
  for (const script of scripts) {
    const source = unlessTooDeep(
      script.path,
      notes,
      () => parse(ROOT + script.name, script.text, script.ending),
      null,
    );
    const note = source && syntaxNote(script.path, source);
    if (note) notes.push(note);
    if (!source || !relevant.has(script.path)) continue;
    if (isDeeper(source, MOST_LEVELS)) notes.push(tooDeep(script.path));
    else sources.set(script.path, source);
  }
  return sources;
}

const KINDS = {
  '.ts': ts.ScriptKind.TS,
  '.tsx': ts.ScriptKind.TSX,
  '.js': ts.ScriptKind.JS,
  '.jsx': ts.ScriptKind.JSX,
};

function parse(name: string, text: string, ending: Script['ending']): ts.SourceFile {
  return ts.createSourceFile(name, text, { languageVersion: ts.ScriptTarget.ESNext }, false, KINDS[ending]);
}

function syntaxNote(path: string, source: ts.SourceFile): Note | null {
  // The compiler keeps these on the tree, and does not declare it.
  const [first] =
    (source as ts.SourceFile & { parseDiagnostics?: ts.DiagnosticWithLocation[] }).parseDiagnostics ?? [];
  if (!first) return null;
  const { line } = source.getLineAndCharacterOfPosition(first.start);
  const what = ts.flattenDiagnosticMessageText(first.messageText, ' ');
  return { file: path, line: line + 1, message: `broken syntax (${what}): checked as far as it can be read` };
}

function createHost(
  sources: ReadonlyMap<string, ts.SourceFile>,
  resolve: (specifier: string, from: string) => string | undefined,
): ts.CompilerHost {
  const own = [{ file: LIB, text: SMALL_LIB }, ...SDK_FILES];
  const files = new Map([
    ...sources,
    ...own.map(({ file, text }): [string, ts.SourceFile] => [file, parse(file, text, '.ts')]),
  ]);
  return {
    getSourceFile: name => files.get(name),
    fileExists: name => files.has(name),
    readFile: () => undefined,
    getDefaultLibFileName: () => LIB,
    getCurrentDirectory: () => ROOT,
    getCanonicalFileName: name => name,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => '\n',
    writeFile: () => {},
    resolveModuleNameLiterals: (literals, from) =>
      literals.map(({ text }) => {
        const resolvedFileName = resolve(text, from);
        const found = resolvedFileName && { resolvedFileName, extension: extensionOf(resolvedFileName) };
        return { resolvedModule: found || undefined };
      }),
  };
}

function extensionOf(name: string): string {
  return name.endsWith('.d.ts') ? '.d.ts' : name.slice(name.lastIndexOf('.'));
}
