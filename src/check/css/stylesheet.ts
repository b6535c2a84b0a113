import * as csstree from 'css-tree';
import type { Note } from '../project/note.ts';

export interface Declaration {
  /** Lower-case, with hyphens. */
  readonly property: string;
  /** Lower-case, without `!important`. */
  readonly value: string;
  readonly file: string;
  readonly start: number;
  readonly end: number;
}

/** What an element must have for a rule to be about it; what is around the element is not looked at. */
export interface Target {
  readonly tag: string | null;
  readonly id: string | null;
  readonly classes: readonly string[];
}

export interface StyleRule {
  readonly targets: readonly Target[];
  readonly declarations: readonly Declaration[];
  /** Only on some screens. */
  readonly conditional: boolean;
}

export interface StyleText {
  readonly file: string;
  readonly text: string;
  /** Where the text begins in its file. */
  readonly base: number;
}

/** The rules of a style sheet, nested ones too. Broken parts are left out, with a note for the first. */
export function readStyleSheet({ file, text, base }: StyleText, notes: Note[]): StyleRule[] {
  const rules: StyleRule[] = [];
  const root = parse(text, 'stylesheet', base, error => {
    const isFirst = !notes.some(note => note.file === file);
    // `//` comments and `$variables` of SCSS and Less are no errors of theirs.
    if (isFirst && file.endsWith('.css'))
      notes.push({ file, line: error.line, message: `broken style (${error.message})` });
  });
  if (root) visit(root, { file, outer: [], conditional: false, rules });
  return rules;
}

/** The declarations of a `style` attribute, or of any text of that form. */
export function readDeclarations({ file, text, base }: StyleText): Declaration[] {
  const root = parse(text, 'declarationList', base, () => {});
  return root?.type === 'DeclarationList' ? declarationsIn(root.children, file) : [];
}

type OnError = (error: { line: number; message: string }) => void;

function parse(text: string, context: string, offset: number, onError: OnError): csstree.CssNode | null {
  try {
    return csstree.parse(blankLineComments(text), {
      context,
      offset,
      positions: true,
      parseValue: false,
      parseCustomProperty: false,
      onParseError: error => onError(error as unknown as { line: number; message: string }),
    });
  } catch (error) {
    onError({ line: 1, message: String(error) });
    return null;
  }
}

interface Visit {
  readonly file: string;
  readonly outer: readonly Target[];
  readonly conditional: boolean;
  readonly rules: StyleRule[];
}

function visit(node: csstree.CssNode, given: Visit): void {
  if (node.type === 'StyleSheet') for (const each of node.children) visit(each, given);
  else if (node.type === 'Atrule' && node.block) {
    const conditional = given.conditional || ['media', 'supports', 'container'].includes(node.name);
    const declarations = declarationsIn(node.block.children, given.file);
    if (declarations.length > 0 && given.outer.length > 0)
      given.rules.push({ targets: given.outer, declarations, conditional });
    for (const each of node.block.children) visit(each, { ...given, conditional });
  } else if (node.type === 'Rule') {
    const targets = targetsOf(node.prelude, given.outer);
    const declarations = declarationsIn(node.block.children, given.file);
    given.rules.push({ targets, declarations, conditional: given.conditional });
    for (const each of node.block.children) visitNested(each, { ...given, outer: targets });
  }
}

/** css-tree takes a nested rule that does not begin with `&` for broken: it, and all after it, is one raw text. */
function visitNested(node: csstree.CssNode, given: Visit): void {
  const isRules = node.type === 'Raw' && node.value.includes('{') && node.loc;
  if (!isRules) {
    visit(node, given);
    return;
  }
  const inner = parse(node.value, 'stylesheet', node.loc?.start.offset ?? 0, () => {});
  if (inner?.type === 'StyleSheet') for (const each of inner.children) visit(each, given);
}

function declarationsIn(nodes: Iterable<csstree.CssNode>, file: string): Declaration[] {
  return [...nodes].flatMap(node => {
    if (node.type !== 'Declaration' || !node.loc) return [];
    const value = csstree.generate(node.value).trim().toLowerCase();
    const span = { file, start: node.loc.start.offset, end: node.loc.end.offset };
    return [{ property: node.property.toLowerCase(), value, ...span }];
  });
}

/** Of each selector the last compound: `.page > #call.open` is about `#call.open`. */
function targetsOf(prelude: csstree.Raw | csstree.SelectorList, outer: readonly Target[]): Target[] {
  if (prelude.type !== 'SelectorList') return [];
  return [...prelude.children].flatMap(selector =>
    selector.type === 'Selector' ? targetsIn(selector, outer) : [],
  );
}

function targetsIn(selector: csstree.Selector, outer: readonly Target[]): Target[] {
  let target: { tag: string | null; id: string | null; classes: string[] } = {
    tag: null,
    id: null,
    classes: [],
  };
  let bases: readonly Target[] = [];
  for (const part of selector.children) {
    if (part.type === 'Combinator') [target, bases] = [{ tag: null, id: null, classes: [] }, []];
    else if (part.type === 'ClassSelector') target.classes.push(part.name);
    else if (part.type === 'IdSelector') target.id = part.name;
    else if (part.type === 'TypeSelector' && bases.length > 0)
      bases = bases.map(each => prolong(each, part.name));
    else if (part.type === 'TypeSelector') target.tag = part.name.toLowerCase();
    else if (part.type === 'NestingSelector') bases = outer;
    // `:hover` is a state and `::before` another box.
    else if (part.type === 'PseudoElementSelector' || part.type === 'PseudoClassSelector') {
      if (!['root', 'deep', 'global', 'host', 'is', 'where'].includes(part.name)) return [];
    }
  }
  if (bases.length === 0) return target.tag || target.id || target.classes.length > 0 ? [target] : [];
  return bases.map(base => ({
    tag: target.tag ?? base.tag,
    id: target.id ?? base.id,
    classes: [...base.classes, ...target.classes],
  }));
}

/** `&__stage` of SCSS and Less: the last class around it, with more letters. */
function prolong({ tag, id, classes }: Target, suffix: string): Target {
  const last = classes.at(-1);
  if (last !== undefined) return { tag, id, classes: [...classes.slice(0, -1), last + suffix] };
  return id === null ? { tag: (tag ?? '') + suffix, id, classes } : { tag, id: id + suffix, classes };
}

/** SCSS and Less have `//` comments, which CSS reads as the beginning of something else. Positions stay. */
function blankLineComments(text: string): string {
  if (!text.includes('//')) return text;
  const parts = /\/\*[\s\S]*?\*\/|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|url\([^)]*\)|\/\/[^\n]*/g;
  return text.replace(parts, part => (part.startsWith('//') ? ' '.repeat(part.length) : part));
}
