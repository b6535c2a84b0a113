const pubspec = (more = '') => `name: standup
description: A team's app. # for its stores
publish_to: none

environment:
  sdk: ^3.5.0

dependencies:
  flutter:
    sdk: flutter
  # Small pictures.
  cupertino_icons: ^1.0.8 # as flutter create has it
${more}
dev_dependencies:
  flutter_lints: ^5.0.0

flutter:
  uses-material-design: true
`;

const main = (app: string, imports = '') => `import 'package:flutter/material.dart';
${imports}
void main() {
  runApp(const StandupApp());
}

class StandupApp extends StatelessWidget {
  const StandupApp({super.key});

  @override
  Widget build(BuildContext context) {
    return ${app}(
      title: 'Standup',
      home: const Scaffold(body: Center(child: Text('Hello'))),
    );
  }
}
`;

const manifest = (
  before = '',
  inside = '',
) => `<manifest xmlns:android="http://schemas.android.com/apk/res/android">
${before}    <application
        android:label="standup"
        android:icon="@mipmap/ic_launcher">
        <activity
            android:name=".MainActivity"
            android:exported="true"
            android:launchMode="singleTop">
            <intent-filter>
                <action android:name="android.intent.action.MAIN"/>
                <category android:name="android.intent.category.LAUNCHER"/>
            </intent-filter>
${inside}        </activity>
        <!-- Don't delete the meta-data below. -->
        <meta-data
            android:name="flutterEmbedding"
            android:value="2" />
    </application>
</manifest>
`;

const plist = (more = '') => `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
	<key>CFBundleName</key>
	<string>standup</string>
${more}</dict>
</plist>
`;

type Files = Readonly<Record<string, string>>;

/** As `flutter create` leaves it. */
export const plain: Files = {
  'pubspec.yaml': pubspec(),
  'lib/main.dart': main('MaterialApp'),
  'android/app/src/main/AndroidManifest.xml': manifest(),
  'ios/Runner/Info.plist': plist(),
};

export const getx: Files = {
  ...plain,
  'pubspec.yaml': pubspec('  get: ^4.6.6\n'),
  'lib/main.dart': main('GetMaterialApp', "import 'package:get/get.dart';\n"),
};

/** With entries of its own, and the line ends of Windows. */
export const grown: Files = Object.fromEntries(
  Object.entries({
    ...plain,
    'pubspec.yaml': pubspec('  http: ^1.3.0\n'),
    'android/app/src/main/AndroidManifest.xml': manifest(
      '    <uses-permission android:name="android.permission.CAMERA" /> <!-- for scanning -->\n',
      `            <intent-filter android:autoVerify="true">
                <action android:name="android.intent.action.VIEW" />
                <category android:name="android.intent.category.DEFAULT" />
                <category android:name="android.intent.category.BROWSABLE" />
                <data android:scheme="https" android:host="shop.example.com" />
            </intent-filter>
`,
    ),
    'ios/Runner/Info.plist': plist(
      '\t<key>NSCameraUsageDescription</key>\n\t<string>To scan codes.</string>\n',
    ),
    'ios/Runner/Runner.entitlements': plist(
      '\t<key>com.apple.developer.associated-domains</key>\n\t<array>\n\t\t<string>applinks:shop.example.com</string>\n\t</array>\n',
    ),
  }).map(([path, text]) => [path, text.replaceAll('\n', '\r\n')]),
);
