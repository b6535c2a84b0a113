import { ts } from '@ts-morph/common';
import { unlessTooDeep } from '../project/nesting.ts';
import type { Note } from '../project/note.ts';
import type { Project } from '../project/project.ts';
import type { ProjectFile } from '../project/read.ts';
import { walk } from '../web/nodes.ts';
import { once } from '../web/symbols.ts';
import type { Web } from '../web/web.ts';
import type { MarkupElement } from './element.ts';
import { htmlElements } from './html.ts';
import { jsxElements } from './jsx.ts';
import { svelteElements } from './svelte.ts';
import { vueElements } from './vue.ts';

/** The elements of a project: JSX, templates of Vue, Svelte and Angular, and pages. */
export interface Markup {
  /** Of all files, in order; nothing where the project has no calls. */
  elements(): readonly MarkupElement[];
  inFile(path: string): readonly MarkupElement[];
  readonly notes: readonly Note[];
}

export function openMarkup(project: Project, web: Web): Markup {
  const notes: Note[] = [];
  const read = once(() => {
    if (web.sources.size === 0) return new Map<string, MarkupElement[]>();
    const files = [...project.files.values()].map(file => {
      const elements = unlessTooDeep(file.path, notes, () => elementsOf(file, web, notes), []);
      return [file.path, elements] as const;
    });
    return new Map(files.filter(([, elements]) => elements.length > 0));
  });
  return {
    elements: once(() => [...read().values()].flat()),
    inFile: path => read().get(path) ?? [],
    notes,
  };
}

function elementsOf(file: ProjectFile, web: Web, notes: Note[]): MarkupElement[] {
  const source = web.sources.get(file.path);
  if (file.kind === 'vue') return vueElements(file, notes);
  if (file.kind === 'svelte') return svelteElements(file, notes);
  if (file.kind === 'html') return htmlElements(file.path, file.text);
  if (file.kind !== 'script' || !source) return [];
  return [...jsxElements(file.path, source), ...inlineTemplates(file.path, source)];
}

/** `@Component({ template: '…' })`. */
function inlineTemplates(path: string, source: ts.SourceFile): MarkupElement[] {
  return [...walk(source)].flatMap(node => {
    if (!ts.isPropertyAssignment(node) || node.name.getText(source) !== 'template') return [];
    const { initializer } = node;
    const isCode = ts.isStringLiteral(initializer) || ts.isNoSubstitutionTemplateLiteral(initializer);
    return isCode ? htmlElements(path, initializer.text, initializer.getStart(source) + 1) : [];
  });
}
