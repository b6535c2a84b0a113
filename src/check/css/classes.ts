import { ts } from '@ts-morph/common';
import { attributeOf, type MarkupElement } from '../markup/element.ts';
import { templateExpression } from '../markup/template-code.ts';
import { accessedName, calleeName, isAccess, strip } from '../web/nodes.ts';
import type { Web } from '../web/web.ts';

interface Classes {
  readonly names: readonly string[];
  /** Names in CSS modules, by the module's file. */
  readonly modules: ReadonlyMap<string, readonly string[]>;
  /** Whether all of them can be read. */
  readonly complete: boolean;
}

/** The classes that an element can have, those that hang on conditions too. */
export function classesOf(element: MarkupElement, web: Web): Classes {
  const names: string[] = [];
  const modules = new Map<string, string[]>();
  let complete = true;
  const add = (text: string) => names.push(...text.split(/\s+/).filter(name => name !== ''));
  for (const { name, text, code, node } of element.attributes) {
    if (name.startsWith('class:')) names.push(name.slice('class:'.length));
    if (name !== 'class') continue;
    if (text) add(text);
    const expression = node ?? (code ? templateExpression(code) : null);
    if (!expression || text) continue;
    for (const each of partsOfClass(expression)) {
      const module = moduleClass(each, web);
      if (module) modules.set(module.file, [...(modules.get(module.file) ?? []), module.name]);
      else if (ts.isStringLiteralLike(each)) add(each.text);
      else if (node) {
        for (const origin of web.origins(each)) {
          if (ts.isStringLiteralLike(origin.node)) add(origin.node.text);
          else complete = false;
        }
      } else complete = false;
    }
  }
  return { names, modules, complete: complete && attributeOf(element, 'sx') === null };
}

const JOINERS = new Set(['clsx', 'cx', 'cn', 'classNames', 'classnames', 'twMerge', 'twJoin', 'cva']);

/** What a class expression can give: `clsx('a', { b: c })`, `[a, b]`, `x ? 'a' : 'b'`, a template's words. */
function partsOfClass(given: ts.Expression): ts.Expression[] {
  const node = strip(given);
  if (ts.isConditionalExpression(node))
    return [...partsOfClass(node.whenTrue), ...partsOfClass(node.whenFalse)];
  if (ts.isBinaryExpression(node))
    return [...partsOfClass(node.left), ...partsOfClass(node.right)].filter(isText);
  if (ts.isArrayLiteralExpression(node)) return node.elements.flatMap(partsOfClass);
  if (ts.isCallExpression(node) && JOINERS.has(calleeName(node) ?? ''))
    return node.arguments.flatMap(partsOfClass);
  if (ts.isObjectLiteralExpression(node))
    return node.properties.flatMap(({ name }) =>
      name && (ts.isIdentifier(name) || ts.isStringLiteral(name)) ? [asText(name)] : [],
    );
  if (ts.isTemplateExpression(node)) {
    const words = [node.head, ...node.templateSpans.map(({ literal }) => literal)].map(asText);
    return [...words, ...node.templateSpans.flatMap(({ expression }) => partsOfClass(expression))];
  }
  return [node];
}

/** Of `open && 'open'` the word, not the flag. */
function isText(node: ts.Expression): boolean {
  return ts.isStringLiteralLike(node) || isAccess(node);
}

function asText({ text }: { readonly text: string }): ts.Expression {
  return ts.factory.createStringLiteral(text);
}

/** `styles.call`, where `styles` is imported from a style sheet. */
function moduleClass(node: ts.Expression, web: Web): { file: string; name: string } | null {
  const name = accessedName(node);
  const base = isAccess(node) && ts.isIdentifier(node.expression) ? node.expression : null;
  const file = base && name !== null && node.pos >= 0 ? web.importedFile(base) : null;
  return file !== null && name !== null ? { file, name } : null;
}
