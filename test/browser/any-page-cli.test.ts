import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { answers } from '../../src/smoke/acts/until-answers.ts';
import { servePeerJs } from '../fixtures/pages/peerjs/serve.ts';

const MEET = fileURLToPath(new URL('../../bin/meet.js', import.meta.url));
const EXAMPLE = fileURLToPath(new URL('../../examples/vite', import.meta.url));

const MET = {
  ok: true,
  exitCode: 0,
  media: { alice: { sees: ['bob'], hears: ['bob'] }, bob: { sees: ['alice'], hears: ['alice'] } },
  cleanup: { openConnections: 0, liveTracks: 0 },
};

async function runSmoke(...args: string[]) {
  const child = spawn(process.execPath, [MEET, 'smoke', '--json', ...args], {
    cwd: EXAMPLE,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const printed = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    child[name].setEncoding('utf8').on('data', text => {
      printed[name] += text;
    });
  const exitCode = await new Promise(resolve => child.on('close', resolve));
  return { exitCode, report: JSON.parse(printed.stdout || 'null'), ...printed };
}

/** A port that nobody has at this moment. */
async function findPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>(resolve => server.listen(0, 'localhost', resolve));
  const { port } = server.address() as { port: number };
  await new Promise(resolve => server.close(resolve));
  return port;
}

/** The example's variables from ours, as an app's own script would have it. */
const VARIABLES = [
  'VITE_COMETCHAT_APP_ID=$COMETCHAT_APP_ID',
  'VITE_COMETCHAT_REGION=$COMETCHAT_REGION',
  'VITE_COMETCHAT_AUTH_KEY=$COMETCHAT_AUTH_KEY',
  'VITE_COMETCHAT_HOST=$COMETCHAT_HOST',
  'VITE_SHIM=$COMETCHAT_SHIM',
].join(' ');

describe('meet smoke --url', () => {
  it("lets two people meet in the vendor's flow, served for as long as it takes", async () => {
    if (!existsSync(join(EXAMPLE, 'node_modules'))) throw new Error('npm test installs examples/vite');
    const origin = `http://localhost:${await findPort()}`;
    const vite = `${VARIABLES} node node_modules/vite/bin/vite.js --strictPort --port ${new URL(origin).port}`;
    const link = `${origin}/?as={n}&session={sessionId}`;
    const { exitCode, report, stderr } = await runSmoke('--url', link, '--serve', vite);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(report).toMatchObject(MET);
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
    const { exitCode, report, stderr } = await runSmoke('--config', file);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(report).toMatchObject(MET);
  });
});

describe('meet smoke --serve', () => {
  it('exits with 11 and the last words of a command that ends', async () => {
    const origin = `http://localhost:${await findPort()}`;
    const serve = 'echo "no such table: users"; exit 3';
    const { exitCode, report, stderr } = await runSmoke('--url', origin, '--serve', serve);
    const failed = report.phases.find(({ ok }: { ok: boolean }) => !ok);
    expect([exitCode, failed.name]).toEqual([11, 'serve']);
    expect(failed.detail).toBe(
      `${serve} ended with exit code 3 before ${origin} answered; its last words: no such table: users`,
    );
    expect(stderr).toContain('  | no such table: users');
  });

  it('does not take another server for its own', async () => {
    const { link, stop } = await servePeerJs();
    onTestFinished(stop);
    const { exitCode, report } = await runSmoke('--url', link, '--serve', 'sleep 60');
    const failed = report.phases.find(({ ok }: { ok: boolean }) => !ok);
    expect([exitCode, failed.detail]).toEqual([
      11,
      expect.stringMatching(/something answers at http:\S+ already/),
    ]);
  });

  it('stops its command when it is interrupted', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'meet-serve-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const file = join(folder, 'pid');
    const args = ['--url', `http://localhost:${await findPort()}`, '--serve', `echo $$ > ${file}; sleep 600`];
    const child = spawn(process.execPath, [MEET, 'smoke', '--json', ...args], { stdio: 'ignore' });
    const ended = new Promise(resolve => child.on('close', resolve));
    await expect.poll(() => readFile(file, 'utf8').catch(() => '')).toMatch(/\d+\n/);
    child.kill('SIGINT');
    expect(await ended).toBe(130);
    const pid = Number(await readFile(file, 'utf8'));
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
  });
});
