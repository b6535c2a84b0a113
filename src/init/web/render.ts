import { posix } from 'node:path';
import { stripTypes } from './strip-types.ts';

/** How a template's text is to read where it goes. */
export interface Style {
  readonly typescript: boolean;
  /** What relative imports end in: '', '.js', '.ts' or '.mjs'. */
  readonly importEnding: string;
}

/** A template, which is TypeScript, in the words of the project. Files of two languages keep their own ending in imports. */
export function renderTemplate(text: string, { typescript, importEnding }: Style): string {
  const code = typescript ? text : stripComponent(text);
  return code.replace(/(from |import\()('\.[^']*?)\.tsx?'/g, `$1$2${importEnding}'`);
}

/** Vue's and Svelte's templates have one script; all the rest of them is no TypeScript. */
function stripComponent(text: string): string {
  if (!text.startsWith('<script')) return stripTypes(text);
  return text.replace(
    /^(<script[^>]*?) lang="ts">\n(.*?)(<\/script>)/s,
    (_, open: string, code: string, close: string) => `${open}>\n${stripTypes(code)}${close}`,
  );
}

/** A path as one file names another: `./` or `../` at its beginning. */
export function importPath(from: string, to: string): string {
  const path = posix.relative(posix.dirname(from), to);
  return path.startsWith('.') ? path : `./${path}`;
}
