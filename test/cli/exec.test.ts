import { chmodSync, existsSync, readdirSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createSandbox, finish, type Sandbox } from './run-meet.ts';

let sandbox: Sandbox;

beforeAll(() => {
  sandbox = createSandbox();
});
afterAll(() => sandbox.remove());

/** A folder for temporary files that nobody else uses. */
async function ownTemp(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'meet-exec-test-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

/** A command that runs JavaScript. */
const script = (text: string) => [process.execPath, '--input-type=module', '-e', text];

const PRINT_ENV = script(
  'console.log(JSON.stringify(Object.fromEntries(Object.entries(process.env).filter(([name]) => /^(MEET|COMETCHAT)_/.test(name)))))',
);

/** What its command prints, once the command has. */
function untilPrinted(child: ReturnType<Sandbox['start']>, pattern: RegExp): Promise<RegExpExecArray> {
  return new Promise((resolve, reject) => {
    let text = '';
    child.stdout.on('data', chunk => {
      text += chunk;
      const found = pattern.exec(text);
      if (found) resolve(found);
    });
    child.once('close', () => reject(new Error(`ended before ${pattern}: ${text}`)));
  });
}

describe('meet exec', () => {
  it("gives the command a server with the emulator, which both SDKs' hosts lead to", async () => {
    const ask = `
      const { MEET_URL, MEET_ADMIN_KEY, COMETCHAT_HOST, COMETCHAT_REST_URL, COMETCHAT_SHIM, ...env } = process.env;
      const headers = { apikey: env.COMETCHAT_API_KEY, 'content-type': 'application/json' };
      const answers = [
        await fetch(MEET_URL + '/readyz'),
        await fetch(MEET_URL + '/api/meetings', { headers: { authorization: 'Bearer ' + MEET_ADMIN_KEY } }),
        await fetch(COMETCHAT_REST_URL + '/users', { method: 'POST', headers, body: '{"uid": "dana", "name": "Dana"}' }),
        await fetch(COMETCHAT_HOST + '/users/dana/auth_tokens', { method: 'POST', headers: { apiKey: env.COMETCHAT_AUTH_KEY } }),
        await fetch(COMETCHAT_SHIM),
      ];
      console.log(answers.map(({ status }) => status).join());`;
    const { code, stdout, stderr } = await sandbox.meet(['exec', '--', ...script(ask)]);
    expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: '200,200,200,200,200\n', stderr: '' });
  });

  it('leaves no server, no folder and nothing in the project', async () => {
    const TMPDIR = await ownTemp();
    const { code, stdout } = await sandbox.meet(['exec', '--', ...PRINT_ENV], { TMPDIR });
    const { MEET_URL, MEET_DATA_DIR } = JSON.parse(stdout);
    expect({ code, inside: MEET_DATA_DIR.startsWith(TMPDIR) }).toEqual({ code: 0, inside: true });
    expect(readdirSync(TMPDIR)).toEqual([]);
    expect(existsSync(join(sandbox.path, '.meet'))).toBe(false);
    await expect(fetch(MEET_URL)).rejects.toThrow();
  });

  it('lets meet itself make meetings of that server', async () => {
    const bin = join(import.meta.dirname, '../../bin/meet.js');
    const nested = `
      const { execFileSync } = await import('node:child_process');
      const meet = (...args) => execFileSync(process.execPath, [${JSON.stringify(bin)}, ...args], { encoding: 'utf8' });
      const { url, sessionId } = JSON.parse(meet('create', '--json'));
      const facts = await fetch(process.env.MEET_URL + '/api/meetings/' + sessionId);
      console.log(url.startsWith(process.env.MEET_URL + '/'), facts.status);`;
    // A secret of the user's own is not the private server's.
    const env = { MEET_SECRET: 'a secret of the project' };
    const { code, stdout } = await sandbox.meet(['exec', '--', ...script(nested)], env);
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'true 200\n' });
  });

  it('uses the cloud that the environment names', async () => {
    const env = { COMETCHAT_APP_ID: 'app1', COMETCHAT_REGION: 'eu', COMETCHAT_API_KEY: 'key1' };
    const { stdout } = await sandbox.meet(['exec', '--', ...PRINT_ENV], env);
    const given = JSON.parse(stdout);
    expect(given).toMatchObject({ ...env, MEET_URL: expect.stringMatching(/^http:/) });
    expect(given).not.toHaveProperty('COMETCHAT_EMULATOR');
  });

  it('hands its standard input on', async () => {
    const child = sandbox.start(['exec', '--', ...script('process.stdin.pipe(process.stdout)')]);
    child.stdin.end('hello');
    expect(await finish(child)).toEqual({ code: 0, stdout: 'hello', stderr: '' });
  });
});

describe('the exit code of meet exec', () => {
  it.each([
    ["is the command's", script('process.exit(7)'), 7],
    [
      'is 128 and the number of the signal that ended it',
      script("process.kill(process.pid, 'SIGKILL')"),
      137,
    ],
  ])('%s', async (_, command, expected) => {
    const { code, stderr } = await sandbox.meet(['exec', '--', ...command]);
    expect({ code, stderr }).toEqual({ code: expected, stderr: '' });
  });

  it('is 127 for a program that is not there', async () => {
    const { code, stderr } = await sandbox.meet(['exec', '--', 'no-such-program']);
    expect({ code, stderr }).toEqual({
      code: 127,
      stderr: 'error: no-such-program was not found; check its name and PATH.\n',
    });
  });

  it('is 127 for a whole line in quotes, which names the way out', async () => {
    const { code, stderr } = await sandbox.meet(['exec', '--', 'npm test']);
    expect({ code, stderr }).toEqual({
      code: 127,
      stderr: "error: npm test was not found; leave out the quotes around it, or say: sh -c '…'.\n",
    });
  });

  it('is 126 for a file that is no program', async () => {
    const file = join(sandbox.path, 'no-program');
    writeFileSync(file, 'text');
    chmodSync(file, 0o644);
    const { code, stderr } = await sandbox.meet(['exec', '--', file]);
    expect({ code, stderr }).toEqual({
      code: 126,
      stderr: `error: ${file} cannot be run (EACCES); check its mode.\n`,
    });
  });

  it('is 2 for a command without a name, as of a variable that is not set', async () => {
    const { code, stderr } = await sandbox.meet(['exec', '--', '']);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: 'error: The command has no name; see meet exec --help\n',
    });
  });

  it('is 2 without a command', async () => {
    const { code, stderr } = await sandbox.meet(['exec']);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: "error: missing required argument 'command'; see meet exec --help\n",
    });
  });
});

describe('a signal to meet exec', () => {
  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    '%s goes to the command, whose end counts',
    async signal => {
      const TMPDIR = await ownTemp();
      const wait = `
      setInterval(() => {}, 1000);
      process.once('${signal}', () => { console.log('told'); process.exit(9); });
      console.log('ready');`;
      const child = sandbox.start(['exec', '--', ...script(wait)], { TMPDIR });
      const ending = finish(child);
      await untilPrinted(child, /ready/);
      child.kill(signal);
      expect(await ending).toEqual({ code: 9, stdout: 'ready\ntold\n', stderr: '' });
      expect(readdirSync(TMPDIR)).toEqual([]);
    },
  );

  it('that the command does not handle ends both', async () => {
    const TMPDIR = await ownTemp();
    const child = sandbox.start(
      ['exec', '--', ...script("setInterval(() => {}, 1000); console.log('pid', process.pid)")],
      { TMPDIR },
    );
    const ending = finish(child);
    const [, pid] = await untilPrinted(child, /pid (\d+)/);
    child.kill('SIGTERM');
    expect((await ending).code).toBe(143);
    expect(() => process.kill(Number(pid), 0)).toThrow('ESRCH');
    expect(readdirSync(TMPDIR)).toEqual([]);
  });
});
