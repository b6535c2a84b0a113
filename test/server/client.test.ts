import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { startHarness } from './harness.ts';

it('the client is what the OpenAPI document of today makes; else: npm run build && node scripts/client.mjs', async () => {
  const script = new URL('../../scripts/generate-client.mjs', import.meta.url);
  const { generateClient } = await import(script.href);
  const { as } = await startHarness();
  const { body } = await as(undefined)('GET', '/openapi.json');
  const committed = await readFile(new URL('../../src/client/api.ts', import.meta.url), 'utf8');
  expect(committed).toBe(await generateClient(body));
});
