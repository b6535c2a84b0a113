import { indentOf, insertLines, readElements, type XmlElement } from './xml-elements.ts';

export const MANIFEST = 'android/app/src/main/AndroidManifest.xml';

/** For the call, and for the service by which it goes on in the background. */
const PERMISSIONS = [
  'INTERNET',
  'CAMERA',
  'RECORD_AUDIO',
  'FOREGROUND_SERVICE',
  'FOREGROUND_SERVICE_MICROPHONE',
  'FOREGROUND_SERVICE_MEDIA_PROJECTION',
].map(name => `android.permission.${name}`);

export interface AppAddress {
  readonly host: string;
  readonly scheme: string | null;
}

/** Adds what is missing of permissions and intent filters; null where no activity starts the app. */
export function editManifest(text: string, address: AppAddress): string | null {
  const step = addPermissions(text);
  const root = readElements(step, MANIFEST);
  const activity = root.children
    .filter(({ name }) => name === 'application')
    .flatMap(({ children }) => children)
    .find(each => each.name === 'activity' && !each.empty && startsApp(each));
  if (!activity) return null;
  const inner = `${indentOf(step, activity.start)}    `;
  return insertLines(
    step,
    activity.close,
    missingOf(activity, address).map(line => inner + line),
  );
}

function addPermissions(text: string): string {
  const { children } = readElements(text, MANIFEST);
  const there = children.filter(({ name }) => name.startsWith('uses-permission')).map(nameOf);
  const missing = PERMISSIONS.filter(name => !there.includes(name));
  const first = children.find(({ name }) => name === 'uses-permission' || name === 'application');
  if (!first || missing.length === 0) return text;
  const indent = indentOf(text, first.start);
  return insertLines(
    text,
    first.start,
    missing.map(name => `${indent}<uses-permission android:name="${name}" />`),
  );
}

const nameOf = ({ attributes }: XmlElement) => attributes['android:name'] ?? '';

function startsApp({ children }: XmlElement): boolean {
  return children.some(({ children: parts }) =>
    parts.some(part => nameOf(part) === 'android.intent.action.MAIN'),
  );
}

function missingOf(activity: XmlElement, { host, scheme }: AppAddress): string[] {
  const lines: string[] = [];
  // Otherwise Flutter takes the links itself, and looks for a route that is called like them.
  if (!activity.children.some(each => nameOf(each) === 'flutter_deeplinking_enabled'))
    lines.push('<meta-data android:name="flutter_deeplinking_enabled" android:value="false" />');
  if (!takes(activity, 'https', host))
    lines.push(...filterOf('https', host, ' android:autoVerify="true"', ' android:pathPrefix="/meet/"'));
  if (scheme && !takes(activity, scheme, 'meet')) lines.push(...filterOf(scheme, 'meet', '', ''));
  return lines;
}

function takes({ children }: XmlElement, scheme: string, host: string): boolean {
  return children.some(({ name, children: parts }) => {
    const values = (key: string) => parts.map(({ attributes }) => attributes[key]);
    return (
      name === 'intent-filter' &&
      values('android:scheme').includes(scheme) &&
      values('android:host').includes(host)
    );
  });
}

function filterOf(scheme: string, host: string, verify: string, path: string): string[] {
  return [
    `<intent-filter${verify}>`,
    '    <action android:name="android.intent.action.VIEW" />',
    '    <category android:name="android.intent.category.DEFAULT" />',
    '    <category android:name="android.intent.category.BROWSABLE" />',
    `    <data android:scheme="${scheme}" android:host="${host}"${path} />`,
    '</intent-filter>',
  ];
}
