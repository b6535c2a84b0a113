import { dart, type FlutterRule } from './flutter-rule.ts';

const NEEDED = ['NSCameraUsageDescription', 'NSMicrophoneUsageDescription'] as const;
const PATH = 'ios/Runner/Info.plist';

const join = dart(
  'void join() => CometChatCalls.joinSession(sessionId: id, sessionSettings: settings, onSuccess: show, onError: fail);',
);

function plist(entries: Readonly<Record<string, string>>): string {
  const lines = Object.entries(entries).map(
    ([key, text]) => `  <key>${key}</key>\n  <string>${text}</string>\n`,
  );
  return `<plist version="1.0">\n<dict>\n${lines.join('')}</dict>\n</plist>\n`;
}

export const iosUsageStrings: FlutterRule = {
  id: 'flutter/ios-usage-strings',
  severity: 'error',
  title: 'iOS cannot say what camera and microphone are for',
  why: 'iOS ends an app that asks for one of them without a text to show.',
  fix: 'Write both texts, in words that a person understands.',
  bad: { ...join, [PATH]: plist({ NSCameraUsageDescription: '' }) },
  good: {
    ...join,
    [PATH]: plist({
      NSCameraUsageDescription: 'So that the others see you',
      NSMicrophoneUsageDescription: 'So that the others hear you',
    }),
  },
  check({ infoPlist, joins }, report) {
    if (!infoPlist || joins.length === 0) return;
    for (const key of NEEDED) {
      const entry = infoPlist.content.get(key);
      if (entry && entry.text !== '') continue;
      report(
        { path: infoPlist.path, start: entry?.start ?? 0 },
        `${key} ${entry ? 'is empty' : 'is missing'}: iOS ends the app when it asks`,
      );
    }
  },
};
