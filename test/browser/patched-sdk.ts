import { cp, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const SDK = '@cometchat/calls-sdk-javascript';

/** The vendor's SDK with something after it. */
export async function patchSdk(folder: string, afterSdk: string): Promise<string> {
  const main = createRequire(import.meta.url).resolve(SDK);
  const copy = join(folder, 'sdk');
  const manifest = { name: SDK, version: '4.2.6', main: 'index.js' };
  await cp(dirname(main), copy, { recursive: true });
  await writeFile(join(copy, 'index.js'), `${await readFile(main, 'utf8')}\n;${afterSdk}`);
  await writeFile(join(copy, 'package.json'), JSON.stringify(manifest));
  return copy;
}
