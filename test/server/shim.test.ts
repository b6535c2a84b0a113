import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { fakeWeb, startHarness } from './harness.ts';

it('is at an address that stays, for the pages of any origin, and not kept for long', async () => {
  const { as } = await startHarness();
  const answer = await as(undefined)('GET', '/meet-shim.js', undefined, { origin: 'http://localhost:5173' });
  expect(answer).toMatchObject({ status: 200, body: '// the shim' });
  expect(answer.headers).toMatchObject({
    'content-type': 'text/javascript; charset=utf-8',
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'cross-origin',
    'access-control-allow-origin': '*',
    'cache-control': 'public, max-age=60',
  });
});

it('is not there with the cloud, whose names and certificates need none', async () => {
  const { as } = await startHarness({ emulatorOn: false });
  expect((await as(undefined)('GET', '/meet-shim.js')).status).toBe(404);
});

it('says how to mend a build without it', async () => {
  const web = await fakeWeb();
  await rm(join(web.webRoot, 'shim.js'));
  await expect(startHarness(web)).rejects.toMatchObject({
    code: 'BAD_CONFIG',
    message: expect.stringContaining('npm run build'),
  });
});
