import { parse as parseHtml } from 'parse5';
import type { ProjectFile } from '../project/read.ts';

export interface ScriptText {
  /** As long as the file: everything but the scripts is blank, so that positions are the file's. */
  readonly text: string;
  readonly ending: '.ts' | '.tsx' | '.js' | '.jsx';
}

/** The code of a file as the compiler takes it; null where there is none. */
export function scriptOf(file: ProjectFile): ScriptText | null {
  if (file.kind === 'script') return { text: file.text, ending: endingOf(file.path) };
  if (file.kind !== 'html' && file.kind !== 'vue' && file.kind !== 'svelte') return null;
  const blocks = scriptBlocks(file.text);
  if (blocks.length === 0) return null;
  const isModule = file.kind !== 'html' || blocks.some(({ type }) => type === 'module');
  const text = blank(file.text, blocks);
  return { text: isModule ? markModule(text, blocks) : text, ending: endingOfBlocks(blocks, file) };
}

/** How an inner file is called in the program. */
export function scriptName(file: ProjectFile, script: ScriptText): string {
  return file.kind === 'script' ? file.path : `${file.path}${script.ending}`;
}

function endingOf(path: string): ScriptText['ending'] {
  if (path.endsWith('.tsx')) return '.tsx';
  if (/\.[cm]?ts$/.test(path)) return '.ts';
  return '.jsx';
}

interface Block {
  readonly start: number;
  readonly end: number;
  readonly lang: string;
  readonly type: string;
}

interface HtmlNode {
  readonly tagName?: string;
  readonly attrs?: readonly { name: string; value: string }[];
  readonly childNodes?: readonly HtmlNode[];
  readonly content?: HtmlNode;
  readonly sourceCodeLocation?: {
    readonly startTag?: { endOffset: number };
    readonly endTag?: { startOffset: number };
  } | null;
}

/** The script elements with text of their own that a browser or a compiler would run. */
function scriptBlocks(text: string): Block[] {
  const blocks: Block[] = [];
  const visit = (node: HtmlNode) => {
    const block = node.tagName === 'script' ? blockOf(node, text.length) : null;
    if (block && block.end > block.start) blocks.push(block);
    for (const child of [...(node.childNodes ?? []), ...(node.content ? [node.content] : [])]) visit(child);
  };
  visit(parseHtml(text, { sourceCodeLocationInfo: true }) as HtmlNode);
  return blocks;
}

function blockOf(node: HtmlNode, length: number): Block | null {
  const attribute = (name: string) => node.attrs?.find(each => each.name === name)?.value ?? '';
  const type = attribute('type');
  const runs = type === '' || type === 'module' || /javascript|babel|typescript/.test(type);
  const location = node.sourceCodeLocation;
  if (!runs || !location?.startTag) return null;
  const end = location.endTag?.startOffset ?? length;
  return { start: location.startTag.endOffset, end, lang: attribute('lang'), type };
}

function endingOfBlocks(blocks: readonly Block[], { kind }: ProjectFile): ScriptText['ending'] {
  const lang = blocks.find(each => each.lang !== '')?.lang ?? '';
  if (lang === 'ts' || lang === 'typescript') return '.ts';
  if (lang === 'tsx') return '.tsx';
  return kind === 'html' ? '.jsx' : lang === 'jsx' ? '.jsx' : '.js';
}

function blank(text: string, blocks: readonly Block[]): string {
  const parts: string[] = [];
  let at = 0;
  for (const { start, end } of blocks) {
    parts.push(spaces(text.slice(at, start)), text.slice(start, end));
    at = end;
  }
  return [...parts, spaces(text.slice(at))].join('');
}

/** Lines stay lines, and one character one character. */
function spaces(text: string): string {
  return text.replace(/[^\n\r]/g, ' ');
}

/** `</script>` is as long as this statement, which keeps its variables out of other files. */
function markModule(text: string, blocks: readonly Block[]): string {
  const mark = 'export{};';
  const end = blocks.at(-1)?.end ?? 0;
  return end + mark.length > text.length ? text : text.slice(0, end) + mark + text.slice(end + mark.length);
}
