import type { Example, Rule } from './rule.ts';

/** What a lone text of an example is a file of. */
const OWN_FILES = { web: 'src/example.tsx', server: 'server.ts', flutter: 'lib/example.dart' };

/** An example as files by path. */
export function exampleFiles({ platform }: Rule, example: Example): Readonly<Record<string, string>> {
  return typeof example === 'string' ? { [OWN_FILES[platform]]: example } : example;
}
