// Reads and parses what `meet check` would, with the same parser, and does nothing else: `node parse-alone.mjs <folder>`.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ts } from '@ts-morph/common';

const [folder] = process.argv.slice(2);
for (const name of readdirSync(folder, { recursive: true })) {
  if (!/\.[jt]sx?$/.test(name)) continue;
  ts.createSourceFile(name, readFileSync(join(folder, name), 'utf8'), ts.ScriptTarget.ESNext, false);
}
