import { describe, expect, it } from 'vitest';
import { checkProject } from '../../../src/check/check-project.ts';
import { ALL_RULES } from '../../../src/check/rules/all.ts';
import { type FlutterOptions, planFlutter } from '../../../src/init/flutter/plan-flutter.ts';
import { parseDart } from '../../check/dart/dart-run.ts';
import { projectOf } from '../../check/in-memory.ts';
import { treeOf } from '../tree-of.ts';
import { getx, grown, plain } from './apps.ts';

type Files = Readonly<Record<string, string>>;
const OPTIONS: FlutterOptions = { origin: 'https://meet.example.com', scheme: 'standup' };
const MANIFEST = 'android/app/src/main/AndroidManifest.xml';

function run(files: Files, options = OPTIONS) {
  const plan = planFlutter(treeOf(files), options);
  const after = { ...files, ...Object.fromEntries(plan.changes.map(each => [each.path, each.after])) };
  return { plan, after };
}

/** Lines that went, and those that came. */
function compare(before = '', after = '') {
  const [old, now] = [before.split('\n'), after.split('\n')];
  return { gone: old.filter(line => !now.includes(line)), come: now.filter(line => !old.includes(line)) };
}

describe.each(Object.entries({ plain, getx, grown }))('an app that is %s', (_, files) => {
  it('passes meet check with what was written', () => {
    const { findings, notes } = checkProject(projectOf(run(files).after), { rules: ALL_RULES, parseDart });
    expect({ findings, notes }).toEqual({ findings: [], notes: [] });
  });

  it('is not changed by a second run', () => {
    const { after, plan } = run(files);
    expect(plan.changes.length).toBeGreaterThan(6);
    expect(run(after).plan).toMatchObject({ changes: [], kept: [] });
  });

  it('leaves the call when the app takes its screen away', () => {
    const [, dispose = ''] =
      /void dispose\(\) \{\n(.*?)\n {2}\}/s.exec(run(files).after['lib/meet/call_screen.dart'] ?? '') ?? [];
    expect(dispose).toContain('if (!_leaving) _session?.leaveSession();');
  });

  it('opens no second call for a link that is tapped during one', () => {
    const { after } = run(files);
    const [, opened = ''] =
      /addPostFrameCallback\(\(_\) \{\n(.*)/s.exec(after['lib/meet/meeting_links.dart'] ?? '') ?? [];
    expect(opened).toMatch(/^ *if \(CallScreen\.isOpen\) return;\n/);
    const screen = after['lib/meet/call_screen.dart'] ?? '';
    expect(screen).toMatch(/super\.initState\(\);\n *_open = this;/);
    expect(screen).toMatch(/_close\(\);\n *super\.dispose\(\);/);
  });

  it('keeps every line that was there', () => {
    const { after } = run(files);
    for (const [path, text] of Object.entries(files)) expect(compare(text, after[path]).gone).toEqual([]);
  });

  it('keeps what was changed by hand, unless forced', () => {
    const { after } = run(files);
    const changed = { ...after, 'lib/meet/call_screen.dart': '// mine' };
    expect(run(changed).plan).toMatchObject({ changes: [], kept: ['lib/meet/call_screen.dart'] });
    const { plan } = run(changed, { ...OPTIONS, force: true });
    expect(plan.changes.map(({ path }) => path)).toEqual(['lib/meet/call_screen.dart']);
  });
});

describe('what is written', () => {
  it('tells Android of permissions and links, where they belong', () => {
    const { after } = run(plain);
    expect(compare(plain[MANIFEST], after[MANIFEST]).come).toMatchSnapshot();
    expect(after[MANIFEST]).toMatch(/host="standup"|host="meet"/);
  });

  it('adds to the entries of an app that has links already, in its line ends', () => {
    const { after } = run(grown);
    expect(after[MANIFEST]?.match(/permission\.CAMERA"/g)).toHaveLength(1);
    expect(after[MANIFEST]).toContain('android:host="shop.example.com"');
    expect(after[MANIFEST]).toContain('android:host="meet.example.com" android:pathPrefix="/meet/"');
    expect(after['ios/Runner/Info.plist']).toContain('To scan codes.');
    expect(after['ios/Runner/Runner.entitlements']).toContain('applinks:shop.example.com');
    expect(after['ios/Runner/Runner.entitlements']).toContain('applinks:meet.example.com');
    for (const path of Object.keys(grown)) expect(after[path]).not.toMatch(/[^\r]\n/);
  });

  it('adds dependencies behind those that are there, and no second one', () => {
    expect(compare(plain['pubspec.yaml'], run(plain).after['pubspec.yaml']).come).toEqual([
      '  app_links: ^6.3.0',
      '  cometchat_calls_sdk: ^5.0.0',
      '  http: ^1.2.0',
      '  permission_handler: ^11.3.0',
    ]);
    const text = run(grown).after['pubspec.yaml'] ?? '';
    expect(text.match(/ http:/g)).toHaveLength(1);
    expect(text.indexOf('app_links')).toBeLessThan(text.indexOf('dev_dependencies'));
  });

  it('lets main listen: with a key for the navigator, or with GetX', () => {
    const { after } = run(plain);
    expect(compare(plain['lib/main.dart'], after['lib/main.dart']).come).toEqual([
      "import 'meet/meeting_links.dart';",
      '  openMeetingLinks();',
      '      navigatorKey: meetingNavigator,',
    ]);
    const withGet = run(getx).after;
    expect(withGet['lib/main.dart']).not.toContain('navigatorKey');
    expect(withGet['lib/meet/meeting_links.dart']).toContain('Get.to<void>(');
  });

  it('leaves the scheme out where there is none', () => {
    const { after } = run(plain, { ...OPTIONS, scheme: null });
    expect(after['ios/Runner/Info.plist']).not.toContain('CFBundleURLTypes');
    expect(after[MANIFEST]?.match(/<intent-filter/g)).toHaveLength(2);
  });

  it.each([
    ['one without Android', { ...plain, [MANIFEST]: undefined }, 'no step'],
    [
      'a main of one line',
      { ...plain, 'lib/main.dart': 'void main() => runApp(MaterialApp(home: Home()));\n' },
      'no step',
    ],
    [
      'a main that looks otherwise',
      { ...plain, 'lib/main.dart': 'main() async => start();\n' },
      'lib/main.dart: call openMeetingLinks()',
    ],
    [
      'an app with a router',
      {
        ...plain,
        'lib/main.dart': (plain['lib/main.dart'] ?? '').replace('MaterialApp(', 'MaterialApp.router('),
      },
      'lib/main.dart: call openMeetingLinks()',
    ],
    [
      'a manifest without a start',
      { ...plain, [MANIFEST]: '<manifest xmlns:android="a"><application/></manifest>' },
      `${MANIFEST}: add permissions`,
    ],
    [
      'old links',
      {
        ...plain,
        'pubspec.yaml': (plain['pubspec.yaml'] ?? '').replace('cupertino_icons: ^1.0.8', 'uni_links: ^0.5.1'),
      },
      'pubspec.yaml: remove uni_links',
    ],
    [
      'links of other apps',
      {
        ...plain,
        'ios/Runner/Info.plist': (plain['ios/Runner/Info.plist'] ?? '').replace(
          '<key>',
          '<key>CFBundleURLTypes</key><array><string>other</string></array><key>',
        ),
      },
      'ios/Runner/Info.plist: add standup',
    ],
  ])('says what is left to do in %s', (_, files, step) => {
    const there = Object.fromEntries(Object.entries(files).filter(([, text]) => text !== undefined)) as Files;
    const { steps } = run(there).plan;
    const left = steps.filter(line => /^(lib|android\/app\/src|ios|pubspec)/.test(line));
    expect(left.join() || 'no step').toContain(step);
  });

  it.each<[string, Files, string]>([
    ['no pubspec', {}, 'There is no pubspec.yaml'],
    ['plain Dart', { 'pubspec.yaml': 'name: a\ndependencies:\n  http: ^1.0.0\n' }, 'is of no Flutter app'],
    ['a broken pubspec', { 'pubspec.yaml': 'name: [a' }, 'pubspec.yaml is no whole YAML'],
    ['a broken manifest', { ...plain, [MANIFEST]: '<manifest><application>' }, `${MANIFEST} is no whole XML`],
  ])('refuses %s', (_, files, message) => {
    expect(() => run(files)).toThrow(message);
  });
});
