import { ts } from '@ts-morph/common';
import { parse } from 'parse5';
import type { MarkupElement } from '../markup/element.ts';
import { unlessTooDeep } from '../project/nesting.ts';
import type { Note } from '../project/note.ts';
import type { Project } from '../project/project.ts';
import type { ProjectFile } from '../project/read.ts';
import { nameText, walk } from '../web/nodes.ts';
import { once } from '../web/symbols.ts';
import type { Web } from '../web/web.ts';
import { classesOf } from './classes.ts';
import { inlineStyles } from './inline.ts';
import {
  type Declaration,
  readStyleSheet,
  type StyleRule,
  type StyleText,
  type Target,
} from './stylesheet.ts';
import { utilityDeclarations } from './utilities.ts';

/** What is known of how an element looks. */
export interface ElementStyle {
  /** By property: the declaration that wins. */
  readonly declarations: ReadonlyMap<string, Declaration>;
  /** False where a class, a style or a library may say more than can be read. */
  readonly complete: boolean;
}

export interface Styles {
  of(element: MarkupElement): ElementStyle;
  readonly notes: readonly Note[];
}

interface Sheet {
  readonly file: string;
  /** Whose elements alone it is about: a component's own styles, or a CSS module's importers. */
  readonly scope: 'all' | 'own' | 'module';
  readonly rules: readonly StyleRule[];
  /** Part of it is put together at run time. */
  readonly hasGaps?: boolean;
}

export function openStyles(project: Project, web: Web): Styles {
  const notes: Note[] = [];
  const sheets = once(() => [
    ...[...project.files.values()].flatMap(file =>
      unlessTooDeep(file.path, notes, () => sheetsOf(file, notes), []),
    ),
    ...[...web.sources].flatMap(([path, source]) => componentSheets(path, source, notes)),
  ]);
  return {
    notes,
    of(element) {
      const { names, modules, complete } = classesOf(element, web);
      const inline = inlineStyles(element, web);
      const id = element.attributes.find(each => each.name === 'id')?.text ?? null;
      const found: { weight: number; declaration: Declaration }[] = [];
      const styled = new Set<string>();
      let hasGaps = false;
      for (const sheet of sheets()) {
        if (sheet.scope === 'own' && sheet.file !== element.file) continue;
        hasGaps ||= sheet.hasGaps === true;
        const own = sheet.scope === 'module' ? (modules.get(sheet.file) ?? []) : names;
        for (const rule of sheet.rules) {
          const target = rule.conditional
            ? undefined
            : rule.targets.find(each => fits(each, element.tag, id, own));
          if (!target) continue;
          for (const name of target.classes) styled.add(name);
          const weight = weightOf(target);
          found.push(...rule.declarations.map(declaration => ({ weight, declaration })));
        }
      }
      const rest = names.filter(name => !styled.has(name));
      const utilities = rest.flatMap(name => fromUtility(name, element));
      const known = rest.every(name => utilityDeclarations(name).length > 0 || isPlain(name));
      const all = [...utilities.map(declaration => ({ weight: 5, declaration })), ...found].sort(
        (a, b) => a.weight - b.weight,
      );
      return {
        declarations: cascade([...all.map(({ declaration }) => declaration), ...inline.declarations]),
        complete: complete && inline.complete && known && !hasGaps,
      };
    },
  };
}

/** A name of nobody's library that no sheet speaks of. */
function isPlain(name: string): boolean {
  return (
    /^[a-z][a-z0-9_-]*$/i.test(name) &&
    !/^(?:v-|mat-|ant-|Mui|el-|q-|col|row|container|d-|h-|w-|vh-|position-)/.test(name)
  );
}

function fits(target: Target, tag: string, id: string | null, classes: readonly string[]): boolean {
  return (
    (target.tag === null || target.tag === '*' || target.tag === tag) &&
    (target.id === null || target.id === id) &&
    target.classes.every(name => classes.includes(name))
  );
}

function weightOf({ id, classes, tag }: Target): number {
  return (id ? 100 : 0) + classes.length * 10 + (tag ? 1 : 0);
}

function fromUtility(name: string, { file, attributes }: MarkupElement): Declaration[] {
  const place = attributes.find(each => each.name === 'class');
  const span = { file, start: place?.start ?? 0, end: place?.end ?? 0 };
  return utilityDeclarations(name).map(([property, value]) => ({ property, value, ...span }));
}

const SIDES = ['top', 'right', 'bottom', 'left'];

/** The later one wins; `inset` is its four sides, and stays too. */
function cascade(declarations: readonly Declaration[]): Map<string, Declaration> {
  const winning = new Map<string, Declaration>();
  for (const each of declarations) {
    winning.set(each.property, each);
    if (each.property === 'inset')
      for (const side of SIDES) winning.set(side, { ...each, value: each.value.split(' ')[0] ?? '' });
  }
  return winning;
}

function sheetsOf(file: ProjectFile, notes: Note[]): Sheet[] {
  const { path, kind, text } = file;
  if (kind === 'css') {
    const scope = /\.module\.\w+$/.test(path) ? 'module' : 'all';
    return [{ file: path, scope, rules: readStyleSheet({ file: path, text, base: 0 }, notes) }];
  }
  if (kind !== 'vue' && kind !== 'svelte' && kind !== 'html') return [];
  const scope = kind === 'html' ? 'all' : 'own';
  return styleBlocks(path, text).map(block => ({ file: path, scope, rules: readStyleSheet(block, notes) }));
}

/** Angular's `@Component({ styles: … })`: a text or a list of them, about its own template. */
function componentSheets(path: string, source: ts.SourceFile, notes: Note[]): Sheet[] {
  if (!source.text.includes('@Component')) return [];
  return walk(source)
    .filter(ts.isDecorator)
    .flatMap(({ expression }) => {
      const given =
        ts.isCallExpression(expression) && nameText(expression.expression) === 'Component'
          ? expression.arguments[0]
          : undefined;
      if (!given || !ts.isObjectLiteralExpression(given)) return [];
      const initializers = given.properties.filter(ts.isPropertyAssignment);
      const partNamed = (name: string) =>
        initializers.find(each => nameText(each.name) === name)?.initializer ?? null;
      const styles = partNamed('styles');
      if (!styles) return [];
      const texts = ts.isArrayLiteralExpression(styles) ? [...styles.elements] : [styles];
      const scope = partNamed('templateUrl') ? 'all' : 'own';
      return texts.map((each): Sheet => {
        if (!ts.isStringLiteralLike(each)) return { file: path, scope, rules: [], hasGaps: true };
        const block = { file: path, text: each.text, base: each.getStart(source) + 1 };
        return { file: path, scope, rules: readStyleSheet(block, notes) };
      });
    });
}

interface HtmlNode {
  readonly tagName?: string;
  readonly childNodes?: readonly HtmlNode[];
  readonly sourceCodeLocation?: { startTag?: { endOffset: number }; endTag?: { startOffset: number } } | null;
}

function styleBlocks(file: string, text: string): StyleText[] {
  const found: StyleText[] = [];
  const visit = (node: HtmlNode) => {
    const start = node.sourceCodeLocation?.startTag?.endOffset;
    const end = node.sourceCodeLocation?.endTag?.startOffset ?? text.length;
    if (node.tagName === 'style' && start !== undefined)
      found.push({ file, text: text.slice(start, end), base: start });
    for (const child of node.childNodes ?? []) visit(child);
  };
  if (text.includes('<style')) visit(parse(text, { sourceCodeLocationInfo: true }) as HtmlNode);
  return found;
}
