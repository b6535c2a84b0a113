import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';

const MEET = fileURLToPath(new URL('../../bin/meet.js', import.meta.url));
const MANIFEST = 'android/app/src/main/AndroidManifest.xml';
const permission = (name: string) => `  <uses-permission android:name="android.permission.${name}" />\n`;

/** Each fix once, and two that touch; lines end as in Windows, one file begins with a byte order mark. */
const BEFORE: Readonly<Record<string, string>> = {
  'package.json': '{ "dependencies": { "@cometchat/calls-sdk-javascript": "^5.0.7" } }\n',
  'src/who is there.ts': `\uFEFFimport { CometChatCalls } from '@cometchat/calls-sdk-javascript';
export const me = () => CometChatCalls.getLoggedInUser()?.getUid?.();
`.replaceAll('\n', '\r\n'),
  'src/leave.ts': `import { CometChatCalls } from '@cometchat/calls-sdk-javascript';
const { endSession, unMuteAudio: speak } = CometChatCalls;
export const leave = () => endSession();
export { speak };
export const present = () => CometChatCalls.startScreenShare();`,
  'src/join.ts': `import { CometChatCalls } from '@cometchat/calls-sdk-javascript';
export async function join(token: string, box: HTMLElement) {
  const { error } = await CometChatCalls.joinSession(token, { sessionType: 'VIDEO' }, box);
  if (error) throw error;
}
`,
  'pubspec.yaml': 'name: app\ndependencies:\n  cometchat_calls_sdk: ^5.0.0\n',
  'lib/screen.dart': `class _CallState extends State<Call> implements SessionStatusListeners {
  Future<void> join() async {
    await CometChatCalls.joinSession(sessionId: id, sessionSettings: settings, onSuccess: show, onError: fail);
  }
  void onSessionLeft() => close();
  void onConnectionClosed() => close();
  void onSessionTimedOut() => close();
}
`,
  [MANIFEST]: `<manifest xmlns:android="http://schemas.android.com/apk/res/android">
${permission('CAMERA')}  <application />
</manifest>
`.replaceAll('\n', '\r\n'),
};

const AFTER: Readonly<Record<string, string>> = {
  ...BEFORE,
  'src/who is there.ts': (BEFORE['src/who is there.ts'] ?? '').replace('getUid?.()', 'uid'),
  'src/leave.ts': (BEFORE['src/leave.ts'] ?? '')
    .replace('endSession,', 'leaveSession: endSession,')
    .replace('unMuteAudio:', 'unmuteAudio:')
    .replace('startScreenShare', 'startScreenSharing'),
  'src/join.ts': (BEFORE['src/join.ts'] ?? '').replace("{ sessionType: 'VIDEO' }", '{}'),
  'lib/screen.dart': (BEFORE['lib/screen.dart'] ?? '')
    .replace('await ', '')
    .replace(
      /\}\n$/,
      `${['onSessionJoined', 'onConnectionLost', 'onConnectionRestored'].map(name => `\n  @override\n  void ${name}() {}\n`).join('')}}\n`,
    ),
  [MANIFEST]: (BEFORE[MANIFEST] ?? '').replace(
    permission('CAMERA').trim(),
    [
      ...['RECORD_AUDIO', 'FOREGROUND_SERVICE', 'FOREGROUND_SERVICE_MEDIA_PROJECTION'],
      ...['FOREGROUND_SERVICE_MICROPHONE', 'CAMERA'],
    ]
      .map(name => permission(name).trim())
      .join('\r\n  '),
  ),
};

const RULES = [
  ...['web/user-getters', 'web/deprecated-v4', 'web/explicit-settings', 'flutter/android-permissions'],
  ...['flutter/join-awaited', 'flutter/missing-listener-methods'],
];

function put(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'meet-fix-'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

const read = (folder: string) =>
  Object.fromEntries(Object.keys(BEFORE).map(path => [path, readFileSync(join(folder, path), 'utf8')]));

function runCheck(folder: string, args: readonly string[]) {
  const options = { cwd: folder, encoding: 'utf8', env: { PATH: process.env.PATH, HOME: folder } } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, [MEET, 'check', ...args], options);
  return { status, stdout, stderr };
}

describe('meet check --fix', () => {
  let folder: string;
  let dry: ReturnType<typeof runCheck>;
  let untouched: Record<string, string>;
  let first: ReturnType<typeof runCheck>;
  let second: ReturnType<typeof runCheck>;

  beforeAll(() => {
    folder = put(BEFORE);
    const args = ['--rule', RULES.join(','), '--fix'];
    dry = runCheck(folder, [...args, '--dry-run']);
    untouched = read(folder);
    first = runCheck(folder, args);
    second = runCheck(folder, args);
    return () => rmSync(folder, { recursive: true, force: true });
  }, 60_000);

  it('writes nothing with --dry-run, fails for what is there, and shows the diff', () => {
    expect(untouched).toEqual(BEFORE);
    expect([dry.status, dry.stderr.split('\n')[0]]).toEqual([1, '8 would be mended, in 5 files']);
    expect(dry.stdout.match(/^\+\+\+ .*$/gm)).toHaveLength(5);
  });

  it('shows the same diff, then writes it, and passes where nothing is left', () => {
    expect(first.stdout).toBe(dry.stdout);
    expect([first.status, first.stderr]).toEqual([
      0,
      expect.stringMatching(/^8 mended, in 5 files\n0 errors, 0 warnings in 7 files\n$/),
    ]);
  });

  it('keeps line ends, the byte order mark and everything else', () => {
    expect(read(folder)).toEqual(AFTER);
  });

  it('changes nothing a second time', () => {
    expect(second).toMatchObject({ status: 0, stdout: '' });
    expect(second.stderr).toContain('0 mended, in 0 files');
  });

  it('gives a diff that git applies', () => {
    const other = put(BEFORE);
    execFileSync('git', ['apply', '-'], { cwd: other, input: dry.stdout, stdio: 'pipe' });
    const applied = read(other);
    rmSync(other, { recursive: true });
    expect(applied).toEqual(AFTER);
  });
});

describe('meet check --fix leaves alone', () => {
  const getter = (comment: string) => `import { CometChatCalls } from '@cometchat/calls-sdk-javascript';
export const me = () => CometChatCalls.getLoggedInUser()?.getUid(); // ${comment}
`;

  it('a file in another encoding', () => {
    const folder = put({ 'src/a.ts': '' });
    const bytes = Buffer.from(getter('\u00fc'), 'latin1');
    writeFileSync(join(folder, 'src/a.ts'), bytes);
    const { status, stderr } = runCheck(folder, ['--rule', 'web/user-getters', '--fix']);
    const now = readFileSync(join(folder, 'src/a.ts'));
    rmSync(folder, { recursive: true });
    expect([status, now.equals(bytes)]).toEqual([1, true]);
    expect(stderr).toContain('src/a.ts is no UTF-8: it is left as it is\n0 mended, in 0 files');
  });

  it.each([
    [
      'what a comment holds back',
      ['web/user-getters'],
      {
        'src/a.ts': getter('x').replace(
          'export',
          '// meet-check-disable-next-line web/user-getters -- the chat SDK\u2019s\nexport',
        ),
      },
    ],
    [
      'settings that have a name',
      ['web/explicit-settings'],
      {
        'src/a.ts': `import { CometChatCalls } from '@cometchat/calls-sdk-javascript';
export const settings = { layout: 'TILE' };
export const join = (token: string, box: HTMLElement) => CometChatCalls.joinSession(token, settings, box);
`,
      },
    ],
    [
      'a permission that was taken back',
      ['flutter/android-permissions'],
      {
        ...BEFORE,
        [MANIFEST]: (BEFORE[MANIFEST] ?? '').replace(
          '<application',
          '<uses-permission android:name="android.permission.RECORD_AUDIO" tools:node="remove" /><application',
        ),
      },
    ],
    [
      'listeners that must end the call',
      ['flutter/missing-listener-methods'],
      {
        ...BEFORE,
        'lib/screen.dart': (BEFORE['lib/screen.dart'] ?? '').replace(
          'void onSessionTimedOut',
          'void somethingElse',
        ),
      },
    ],
  ])('%s', (_, rules, files) => {
    const folder = put(files);
    const { stdout } = runCheck(folder, ['--rule', rules.join(','), '--fix']);
    rmSync(folder, { recursive: true });
    expect(stdout).toBe('');
  });
});
