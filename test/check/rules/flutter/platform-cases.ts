import { beside, type Cases, code, JOIN, screen } from './cases.ts';

const MANIFEST = 'android/app/src/main/AndroidManifest.xml';
const PLIST = 'ios/Runner/Info.plist';
const ALL = [
  'CAMERA',
  'RECORD_AUDIO',
  'FOREGROUND_SERVICE',
  'FOREGROUND_SERVICE_MEDIA_PROJECTION',
  'FOREGROUND_SERVICE_MICROPHONE',
];

function manifest(permissions: readonly string[], inside = ''): string {
  const lines = permissions.map(name => `<uses-permission android:name="android.permission.${name}" />`);
  return `<manifest xmlns:android="x" xmlns:tools="y">\n${lines.join('\n')}\n<application>${inside}</application>\n</manifest>`;
}

function plist(inside: string): string {
  return `<?xml version="1.0"?>\n<plist version="1.0"><dict>\n${inside}\n</dict></plist>`;
}

const CAMERA = '<key>NSCameraUsageDescription</key><string>To be seen</string>';
const MICROPHONE = '<key>NSMicrophoneUsageDescription</key><string>To be heard</string>';

const filter = (verify: string) => `<activity><intent-filter ${verify}>
<action android:name="android.intent.action.VIEW" /><category android:name="android.intent.category.BROWSABLE" />
<data android:scheme="https" android:host="meet.example.com" /></intent-filter></activity>`;
const ROUTE = {
  'lib/routes.dart': `final routes = [GetPage(name: '/meet/:sessionId', page: () => CallScreen())];`,
};
const DOMAINS = plist(
  '<key>com.apple.developer.associated-domains</key><array><string>applinks:meet.example.com</string></array>',
);

export const PLATFORM_CASES: Readonly<Record<string, Cases>> = {
  'flutter/android-permissions': {
    wrong: {
      none: beside(MANIFEST, manifest([])),
      'without the services': beside(MANIFEST, manifest(ALL.slice(0, 2))),
      'one taken back': beside(
        MANIFEST,
        manifest(ALL.slice(1)).replace(
          '<application>',
          '<uses-permission android:name="android.permission.CAMERA" tools:node="remove" /><application>',
        ),
      ),
    },
    right: {
      'all five': beside(MANIFEST, manifest(ALL)),
      'more than five': beside(MANIFEST, manifest([...ALL, 'INTERNET', 'BLUETOOTH'])),
      'an app without calls': { ...code('/* CometChat */ void main() {}'), [MANIFEST]: manifest([]) },
    },
  },
  'flutter/ios-usage-strings': {
    wrong: {
      none: beside(PLIST, plist('')),
      'one of two': beside(PLIST, plist(CAMERA)),
      'an empty one': beside(
        PLIST,
        plist(`${CAMERA}<key>NSMicrophoneUsageDescription</key><string> </string>`),
      ),
    },
    right: {
      both: beside(PLIST, plist(CAMERA + MICROPHONE)),
      'by a variable of the build': beside(
        PLIST,
        plist(`${CAMERA}<key>NSMicrophoneUsageDescription</key><string>$(MIC_TEXT)</string>`),
      ),
      'an app without calls': { ...code('/* CometChat */ void main() {}'), [PLIST]: plist('') },
    },
  },
  'flutter/deep-link-route': {
    wrong: {
      'no route': screen(`void join() => ${JOIN}`),
      'a filter that is not verified': { ...beside(MANIFEST, manifest(ALL, filter(''))), ...ROUTE },
      'no associated domain': { ...beside(PLIST, plist(CAMERA + MICROPHONE)), ...ROUTE },
      'a package that is not kept': {
        ...beside('pubspec.yaml', 'name: a\ndependencies:\n  uni_links: ^0.5.1\n'),
        ...ROUTE,
      },
    },
    right: {
      'a route': { ...screen(`void join() => ${JOIN}`), ...ROUTE },
      'a verified filter': {
        ...beside(MANIFEST, manifest(ALL, filter('android:autoVerify="true"'))),
        ...ROUTE,
      },
      'an associated domain': {
        ...beside(PLIST, plist(CAMERA + MICROPHONE)),
        ...ROUTE,
        'ios/Runner/Runner.entitlements': DOMAINS,
      },
      'a link looked into': {
        ...beside('pubspec.yaml', 'name: a\ndependencies:\n  app_links: ^6.0.0\n'),
        'lib/links.dart': `void go(Uri uri) { if (uri.pathSegments[0] == 'meet') open(uri.pathSegments[1]); }`,
      },
    },
  },
};
