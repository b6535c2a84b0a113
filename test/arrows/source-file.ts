import { readFile } from 'node:fs/promises';
import { parseAst } from 'vitest/node';

/** What a source file reaches for: modules, types included, and the surroundings of the process. */
export interface SourceFile {
  /** Module specifiers as written, and whether only types are imported. */
  readonly imports: readonly { readonly specifier: string; readonly typeOnly: boolean }[];
  readonly surroundings: ReadonlySet<Surrounding>;
}

export type Surrounding = 'environment' | 'exit code' | 'console';

const SURROUNDINGS: Readonly<Record<string, Surrounding>> = {
  env: 'environment',
  exit: 'exit code',
  exitCode: 'exit code',
  stdout: 'console',
  stderr: 'console',
};

interface Node {
  readonly type: string;
  readonly [key: string]: unknown;
}

export async function readSourceFile(path: string): Promise<SourceFile> {
  const imports: { specifier: string; typeOnly: boolean }[] = [];
  const surroundings = new Set<Surrounding>();
  const nodes = [...walk(parseAst(await readFile(path, 'utf8'), { lang: 'ts' }))];
  for (const node of nodes) {
    const specifier = specifierOf(node);
    if (specifier !== null) imports.push({ specifier, typeOnly: isTypeOnly(node) });
    for (const touched of surroundingsOf(node)) surroundings.add(touched);
  }
  return { imports, surroundings };
}

/** `import`, `export … from`, `import()` and a type's `import('…')`. */
function specifierOf(node: Node): string | null {
  return IMPORTS.has(node.type) ? (textOf(node.source) ?? null) : null;
}

const IMPORTS = new Set([
  'ImportDeclaration',
  'ExportNamedDeclaration',
  'ExportAllDeclaration',
  'ImportExpression',
  'TSImportType',
]);

function isTypeOnly(node: Node): boolean {
  return node.type === 'TSImportType' || node.importKind === 'type' || node.exportKind === 'type';
}

/** `process.env`, `const { env } = process`, `import { env } from 'node:process'`, `console.log`. */
function surroundingsOf(node: Node): Surrounding[] {
  return namesFromProcess(node).flatMap(name => SURROUNDINGS[name] ?? []);
}

function namesFromProcess(node: Node): string[] {
  if (node.type === 'MemberExpression') {
    const object = textOf(node.object);
    if (object === 'console') return ['stdout'];
    return object === 'process' ? [textOf(node.property) ?? ''] : [];
  }
  if (node.type === 'VariableDeclarator' && textOf(node.init) === 'process')
    return listOf(asNode(node.id)?.properties).map(property => textOf(property.key) ?? '');
  if (node.type === 'ImportDeclaration' && /^(node:)?process$/.test(textOf(node.source) ?? ''))
    return listOf(node.specifiers).map(specifier => textOf(specifier.imported) ?? 'env');
  return [];
}

/** An identifier's name or a literal's text. */
function textOf(value: unknown): string | undefined {
  const node = asNode(value);
  const text = node?.name ?? node?.value;
  return typeof text === 'string' ? text : undefined;
}

function listOf(value: unknown): Node[] {
  return Array.isArray(value) ? value.flatMap(item => asNode(item) ?? []) : [];
}

function* walk(value: unknown): Generator<Node> {
  if (Array.isArray(value)) for (const item of value) yield* walk(item);
  const node = asNode(value);
  if (!node) return;
  yield node;
  for (const child of Object.values(node)) if (typeof child === 'object') yield* walk(child);
}

function asNode(value: unknown): Node | null {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'
    ? (value as Node)
    : null;
}
