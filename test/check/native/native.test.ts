import { describe, expect, it } from 'vitest';
import { readAndroidManifest } from '../../../src/check/native/android-manifest.ts';
import { readPropertyList } from '../../../src/check/native/property-list.ts';
import { readPubspec } from '../../../src/check/native/pubspec.ts';
import { readXml } from '../../../src/check/native/read-xml.ts';

function rootOf(text: string) {
  const { root, fault } = readXml(text);
  if (!root || fault) throw new Error(fault ?? 'nothing there');
  return root;
}

describe('XML', () => {
  it('knows where its elements begin', () => {
    const text =
      '<?xml version="1.0"?>\n<a x="<&lt;" >\n  <!-- <b> --><b>one <![CDATA[<two>]]></b>\n</a>'.replace(
        '"<&lt;"',
        '"&lt;"',
      );
    const [b] = rootOf(text).children;
    expect([text.slice(b?.start, (b?.start ?? 0) + 3), b?.text]).toEqual(['<b>', 'one <two>']);
  });

  it.each([
    ['', null],
    ['<a>', null],
    ['<a><b></a>', 'a'],
    ['\u0000', null],
    ['<a b=c/>', null],
  ])('that is broken has a fault, and what was read of it: %j', (text, name) => {
    const { root, fault } = readXml(text);
    expect([typeof fault, root?.name ?? null]).toEqual(['string', name]);
  });
});

describe('an Android manifest', () => {
  const manifest = (inside: string) =>
    readAndroidManifest(rootOf(`<manifest xmlns:android="x" xmlns:tools="y">${inside}</manifest>`));

  it('tells its permissions, but not those it takes back', () => {
    const { permissions } = manifest(
      `<uses-permission android:name="android.permission.CAMERA"/>
       <uses-permission-sdk-23 android:name="android.permission.RECORD_AUDIO"/>
       <uses-permission android:name="android.permission.INTERNET" tools:node="remove"/>`,
    );
    expect(permissions).toEqual(['android.permission.CAMERA', 'android.permission.RECORD_AUDIO']);
  });

  it.each([
    ['VIEW', 'BROWSABLE', 1],
    ['VIEW', 'LAUNCHER', 0],
    ['MAIN', 'BROWSABLE', 0],
  ])('opens links by %s and %s: %i', (action, category, count) => {
    const { links } = manifest(`<application><activity><intent-filter android:autoVerify="true">
      <action android:name="android.intent.action.${action}"/>
      <category android:name="android.intent.category.${category}"/>
      <data android:scheme="https" android:host="meet.example.com"/><data android:pathPrefix="/meet"/>
    </intent-filter></activity></application>`);
    expect(links).toMatchObject(
      Array(count).fill({ autoVerify: true, schemes: ['https'], hosts: ['meet.example.com'] }),
    );
  });
});

describe('a property list', () => {
  it('tells its strings and arrays', () => {
    const text = `<plist version="1.0"><dict>
      <key>NSCameraUsageDescription</key><string>  To be seen </string>
      <key>Empty</key><string/>
      <key>com.apple.developer.associated-domains</key><array><string>applinks:a.b</string></array>
      <key>Yes</key><true/></dict></plist>`;
    const list = readPropertyList(rootOf(text));
    expect([...(list ?? [])].map(([key, { text: words, items }]) => [key, words, items])).toEqual([
      ['NSCameraUsageDescription', 'To be seen', []],
      ['Empty', '', []],
      ['com.apple.developer.associated-domains', '', ['applinks:a.b']],
      ['Yes', '', []],
    ]);
  });

  it.each(['<a/>', '<plist/>', '<plist><array/></plist>'])('is none: %s', text => {
    expect(readPropertyList(rootOf(text))).toBeNull();
  });
});

describe('a pubspec', () => {
  it('tells what the app depends on, and where', () => {
    const text =
      'name: app\ndependencies:\n  cometchat_calls_sdk: ^5.0.0\n  local:\n    path: ../x\n  any:\ndev_dependencies:\n  test: any\n';
    const { name, dependencies, fault } = readPubspec(text);
    expect([
      name,
      fault,
      [...dependencies].map(([key, one]) => [key, one.version, text.slice(one.start, one.start + 5)]),
    ]).toEqual([
      ...['app', null],
      [
        ['cometchat_calls_sdk', '^5.0.0', 'comet'],
        ['local', '', 'local'],
        ['any', '', 'any:\n'],
      ],
    ]);
  });

  it.each(['', 'just words', '- a\n- b', 'dependencies: [a]'])('may say nothing: %j', text => {
    expect(readPubspec(text)).toMatchObject({ name: '', dependencies: new Map(), fault: null });
  });

  it('that is broken has a fault', () => {
    expect(readPubspec('name: a\n  b: : c\n\t- d').fault).toEqual(expect.any(String));
  });
});
