import { ts } from '@ts-morph/common';
import type { Attribute, MarkupElement } from '../markup/element.ts';
import { templateExpression } from '../markup/template-code.ts';
import { nameText } from '../web/nodes.ts';
import type { Web } from '../web/web.ts';
import { type Declaration, readDeclarations } from './stylesheet.ts';

interface Inline {
  readonly declarations: readonly Declaration[];
  readonly complete: boolean;
}

/** What an element's own `style` says, as text, as an object, or one by one. */
export function inlineStyles(element: MarkupElement, web: Web): Inline {
  const parts = element.attributes.map(each => readAttribute(each, element, web));
  const styled = element.node ? styledComponent(element.node, web) : null;
  const all = [...(styled ? [styled] : []), ...parts];
  return {
    declarations: all.flatMap(({ declarations }) => declarations),
    complete: all.every(({ complete }) => complete) && (styled !== null || /^[a-z]/.test(element.tag)),
  };
}

const NOTHING: Inline = { declarations: [], complete: true };

function readAttribute(attribute: Attribute, { file }: MarkupElement, web: Web): Inline {
  const { name, text, code, node, start, end } = attribute;
  if (name.startsWith('style:')) {
    const property = hyphenate(name.slice('style:'.length));
    return text
      ? { declarations: [{ property, value: text, file, start, end }], complete: true }
      : { declarations: [], complete: false };
  }
  if (name !== 'style') return NOTHING;
  // Positions inside of an attribute's text are not worth their trouble: quotes and entities move them.
  if (text !== null)
    return {
      declarations: readDeclarations({ file, text, base: 0 }).map(each => ({ ...each, start, end })),
      complete: true,
    };
  if (node) return fromCode(node, web);
  const expression = code ? templateExpression(code) : null;
  if (!expression) return { declarations: [], complete: false };
  if (ts.isObjectLiteralExpression(expression)) return fromObject(expression, { file, start, end }, null);
  const variable = ts.isIdentifier(expression) ? web.variable(file, expression.text) : null;
  return variable ? fromCode(variable, web) : { declarations: [], complete: false };
}

function fromCode(expression: ts.Expression, web: Web): Inline {
  const found = web.origins(expression).map(({ node, path }): Inline => {
    const file = web.program.pathOf(node);
    const known =
      ts.isObjectLiteralExpression(node) && (path.length === 0 || path.join() === 'value') && file !== null;
    return known ? fromObject(node, { file, start: 0, end: 0 }, web) : { declarations: [], complete: false };
  });
  return {
    declarations: found.flatMap(each => each.declarations),
    complete: found.every(each => each.complete),
  };
}

interface Place {
  readonly file: string;
  readonly start: number;
  readonly end: number;
}

/** `{ position: 'fixed', top: 0 }`; without `web` of a template, whose nodes have no positions of the file's. */
function fromObject(object: ts.ObjectLiteralExpression, place: Place, web: Web | null): Inline {
  let complete = true;
  const declarations: Declaration[] = [];
  for (const each of object.properties) {
    const name = nameText(each.name);
    const value = name !== null && ts.isPropertyAssignment(each) ? literal(each.initializer, web) : null;
    if (ts.isSpreadAssignment(each) && web) {
      const inner = fromCode(each.expression, web);
      declarations.push(...inner.declarations);
      complete &&= inner.complete;
    } else if (name === null || value === null) {
      complete = false;
      if (name !== null)
        declarations.push({ property: hyphenate(name), value: '?', ...placeOf(each, place, web) });
    } else
      declarations.push({
        property: hyphenate(name),
        value: unit(name, value),
        ...placeOf(each, place, web),
      });
  }
  return { declarations, complete };
}

function placeOf(node: ts.Node, { file, start, end }: Place, web: Web | null): Place {
  return web ? { file, start: node.getStart(), end: node.end } : { file, start, end };
}

function literal(expression: ts.Expression, web: Web | null): string | number | null {
  const [first, second] =
    web && !ts.isLiteralExpression(expression) ? web.origins(expression) : [{ node: expression, path: [] }];
  if (!first || second || first.path.length > 0) return null;
  if (ts.isNumericLiteral(first.node)) return Number(first.node.text);
  return ts.isStringLiteralLike(first.node) ? first.node.text.trim().toLowerCase() : null;
}

const BARE = new Set(['flex', 'flexGrow', 'flexShrink', 'zIndex', 'opacity', 'order', 'aspectRatio']);

/** Numbers are pixels, but for these. */
function unit(name: string, value: string | number): string {
  return typeof value === 'string' ? value : value === 0 || BARE.has(name) ? String(value) : `${value}px`;
}

function hyphenate(name: string): string {
  return name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`);
}

/** `styled.div` with a template of CSS. */
function styledComponent(element: ts.JsxOpeningLikeElement, web: Web): Inline | null {
  const { tagName } = element;
  if (ts.isJsxNamespacedName(tagName)) return null;
  for (const { node } of web.origins(tagName)) {
    const file = web.program.pathOf(node);
    if (!ts.isTaggedTemplateExpression(node) || file === null || !node.tag.getText().startsWith('styled'))
      continue;
    const { template } = node;
    const text = ts.isNoSubstitutionTemplateLiteral(template)
      ? template.text
      : template.getText().slice(1, -1);
    const base = template.getStart() + 1;
    return {
      declarations: readDeclarations({ file, text, base }),
      complete: ts.isNoSubstitutionTemplateLiteral(template),
    };
  }
  return null;
}
