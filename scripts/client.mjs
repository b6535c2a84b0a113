// Makes src/client/api.ts anew, from the OpenAPI document of the server as it is built: npm run build first.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generateClient } from './generate-client.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

const folder = await mkdtemp(join(tmpdir(), 'meet-openapi-'));
const server = spawn(process.execPath, [`${root}bin/meet.js`, 'serve', '--port', '0', '--json'], {
  cwd: folder,
  env: { PATH: process.env.PATH, HOME: folder },
  stdio: ['ignore', 'pipe', 'ignore'],
});
try {
  const [line] = await once(server.stdout, 'data', { signal: AbortSignal.timeout(20_000) });
  const { local } = JSON.parse(String(line));
  const document = await (await fetch(`${local}/openapi.json`)).json();
  await writeFile(`${root}src/client/api.ts`, await generateClient(document));
} finally {
  server.kill();
  await once(server, 'close');
  await rm(folder, { recursive: true, force: true });
}
