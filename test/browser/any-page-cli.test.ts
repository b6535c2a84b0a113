import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { answers } from '../../src/smoke/acts/until-answers.ts';
import { servePeerJs } from '../fixtures/pages/peerjs/serve.ts';
import { EXAMPLE, findOrigin, runSmoke } from './smoke-command.ts';

const MET = {
  ok: true,
  exitCode: 0,
  media: { alice: { sees: ['bob'], hears: ['bob'] }, bob: { sees: ['alice'], hears: ['alice'] } },
  cleanup: { openConnections: 0, liveTracks: 0 },
};

/** Variables for the example, as an app's own script would have them: ours are in its environment. */
const ON_EMULATOR = [
  'VITE_COMETCHAT_APP_ID=$COMETCHAT_APP_ID',
  'VITE_COMETCHAT_REGION=$COMETCHAT_REGION',
  'VITE_COMETCHAT_AUTH_KEY=$COMETCHAT_AUTH_KEY',
  'VITE_COMETCHAT_HOST=$COMETCHAT_HOST',
  'VITE_SHIM=$COMETCHAT_SHIM',
];

/** As in production: no host, an empty file for a shim, and an app that only the cloud knows. */
const ON_CLOUD = [
  'VITE_COMETCHAT_APP_ID=2456789abcdef012',
  'VITE_COMETCHAT_REGION=eu',
  'VITE_COMETCHAT_AUTH_KEY=this-key-is-of-an-app-that-nobody-has',
  'VITE_COMETCHAT_HOST=',
  'VITE_SHIM=data:,',
];

/** A cloud that is set up where the test runs. */
const CREDENTIALS = {
  COMETCHAT_APP_ID: '2456789abcdef012',
  COMETCHAT_REGION: 'eu',
  COMETCHAT_API_KEY: 'a-key-for-the-rest-api',
};

describe('meet smoke --url', () => {
  it.each([
    ['on the emulator by its host line', ON_EMULATOR, [], {}],
    [
      "as it is for the cloud, by --emulate, also where a cloud's keys are",
      ON_CLOUD,
      ['--emulate'],
      CREDENTIALS,
    ],
  ])("lets two people meet in the vendor's flow, %s", async (_, variables, flags, env) => {
    if (!existsSync(join(EXAMPLE, 'node_modules'))) throw new Error('npm test installs examples/vite');
    const origin = await findOrigin();
    const vite = `node node_modules/vite/bin/vite.js --strictPort --port ${new URL(origin).port}`;
    const link = `${origin}/?as={n}&session={sessionId}`;
    const serve = `${variables.join(' ')} ${vite}`;
    const { exitCode, report, stderr } = await runSmoke(['--url', link, '--serve', serve, ...flags], env);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(report).toMatchObject({ ...MET, backend: 'emulator' });
    // The vendor's backend tells the others at once, also of a closed tab.
    expect(Math.max(report.leave.gracefulMs, report.leave.closedMs)).toBeLessThan(1000);
    expect(await answers(origin)).toBe(false);
  });

  it('takes everything from a file, the session too', async () => {
    const { link, stop } = await servePeerJs();
    const folder = await mkdtemp(join(tmpdir(), 'meet-config-'));
    onTestFinished(async () => {
      await stop();
      await rm(folder, { recursive: true });
    });
    const file = join(folder, 'meet.smoke.ts');
    await writeFile(
      file,
      `interface Given { env: Record<string, string | undefined> }
      export default {
        url: ${JSON.stringify(link)},
        fill: { '[name="name"]': '{name}' },
        join: 'text=Enter the room',
        goneWithin: '9s',
        async createSession({ env }: Given) {
          const { status } = await fetch(new URL('/readyz', env.MEET_URL));
          return { sessionId: \`made-\${status}\` };
        },
      };`,
    );
    const { exitCode, report, stderr } = await runSmoke(['--config', file]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(report).toMatchObject(MET);
  });
});
