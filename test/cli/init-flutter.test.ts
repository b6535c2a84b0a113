import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { plain } from '../init/flutter/apps.ts';
import { createSandbox, type Sandbox } from './run-meet.ts';

let sandbox: Sandbox;

beforeEach(() => {
  sandbox = createSandbox();
  for (const [path, text] of Object.entries(plain)) {
    mkdirSync(dirname(join(sandbox.path, path)), { recursive: true });
    writeFileSync(join(sandbox.path, path), text);
  }
});
afterEach(() => sandbox.remove());

const read = (path: string) => readFileSync(join(sandbox.path, path), 'utf8');

describe('meet init flutter', () => {
  it('shows the diff, writes it, passes meet check, and has nothing to do the second time', async () => {
    writeFileSync(
      join(sandbox.path, 'meet.config.json'),
      '{"url": "https://meet.example.org", "apps": {"scheme": "standup"}}',
    );
    const dry = await sandbox.meet(['init', 'flutter', '--dry-run']);
    expect([dry.code, read('pubspec.yaml')]).toEqual([0, plain['pubspec.yaml']]);
    const first = await sandbox.meet(['init', 'flutter']);
    expect(first.code).toBe(0);
    expect(first.stdout).toBe(dry.stdout);
    expect(first.stdout).toContain('+  cometchat_calls_sdk: ^5.0.0');
    expect(first.stderr).toContain('meet doctor --links https://meet.example.org');
    expect(read('lib/meet/meet_server.dart')).toContain("defaultValue: 'https://meet.example.org'");
    expect(read('ios/Runner/Info.plist')).toContain('<string>standup</string>');
    expect((await sandbox.meet(['check'])).code).toBe(0);
    const again = await sandbox.json(['init', 'flutter']);
    expect(again).toMatchObject({ written: false, files: [], kept: [] });
  });

  it('takes the address of the server, and says where one is missing', async () => {
    const { stdout } = await sandbox.meet([
      'init',
      'flutter',
      '--dry-run',
      '--url',
      'https://calls.example.net/',
    ]);
    expect(stdout).toContain('android:host="calls.example.net"');
    const { stderr } = await sandbox.meet(['init', 'flutter']);
    expect(stderr).toContain('https://meet.example.com stands for your server');
  });

  it.each([
    [['--url', 'http://calls.example.net'], '--url is http://calls.example.net'],
    [['lib'], 'There is no pubspec.yaml'],
    [['nowhere'], 'nowhere; name your'],
  ])('refuses %j', async (args, words) => {
    const { code, stderr } = await sandbox.meet(['init', 'flutter', ...args]);
    expect([code, stderr.includes(words)]).toEqual([2, true]);
  });
});
