import { indentOf, insertLines, readElements, type XmlElement } from './xml-elements.ts';

export const INFO_PLIST = 'ios/Runner/Info.plist';
export const ENTITLEMENTS = 'ios/Runner/Runner.entitlements';
const DOMAINS = 'com.apple.developer.associated-domains';

/** Texts for people, whom iOS shows them when the app asks. */
const INFO: Readonly<Record<string, string>> = {
  NSCameraUsageDescription: '<string>So that the others in a meeting see you.</string>',
  NSMicrophoneUsageDescription: '<string>So that the others in a meeting hear you.</string>',
  // Otherwise Flutter takes the links itself.
  FlutterDeepLinkingEnabled: '<false/>',
};

/** Adds the keys that are missing; null where the file is no property list. */
export function editInfoPlist(text: string, scheme: string | null): string | null {
  const top = topOf(text, INFO_PLIST);
  if (!top) return null;
  const there = new Set(keysOf(top));
  const indent = innerIndent(text, top);
  const lines = Object.entries(INFO)
    .filter(([key]) => !there.has(key))
    .flatMap(([key, value]) => [`<key>${key}</key>`, value]);
  if (scheme && !there.has('CFBundleURLTypes')) lines.push(...urlTypes(scheme));
  return insertLines(
    text,
    top.close,
    lines.map(line => indent + line),
  );
}

function urlTypes(scheme: string): string[] {
  const types = [
    '<array>',
    '\t<dict>',
    '\t\t<key>CFBundleURLSchemes</key>',
    `\t\t<array><string>${scheme}</string></array>`,
    '\t</dict>',
    '</array>',
  ];
  return ['<key>CFBundleURLTypes</key>', ...types];
}

/** Whether there are schemes already, which this one has to join by hand. */
export function lacksScheme(text: string, scheme: string): boolean {
  const top = topOf(text, INFO_PLIST);
  const at = top?.children.findIndex(each => each.name === 'key' && each.text === 'CFBundleURLTypes') ?? -1;
  const types = top?.children[at + 1];
  return at >= 0 && types !== undefined && !textsIn(types).includes(scheme);
}

function textsIn({ text, children }: XmlElement): string[] {
  return [text, ...children.flatMap(textsIn)];
}

/** Adds the host to the associated domains; null where there is no place for it. */
export function editEntitlements(text: string, host: string): string | null {
  const top = topOf(text, ENTITLEMENTS);
  if (!top) return null;
  const entry = `<string>applinks:${host}</string>`;
  const at = top.children.findIndex(each => each.name === 'key' && each.text === DOMAINS);
  const indent = innerIndent(text, top);
  if (at < 0) {
    const lines = [`<key>${DOMAINS}</key>`, '<array>', `\t${entry}`, '</array>'];
    return insertLines(
      text,
      top.close,
      lines.map(line => indent + line),
    );
  }
  const list = top.children[at + 1];
  if (list?.name !== 'array' || list.empty) return null;
  if (list.children.some(each => each.text === `applinks:${host}`)) return text;
  return insertLines(text, list.close, [`${indentOf(text, list.start)}\t${entry}`]);
}

/** A file of entitlements with this host alone. */
export function newEntitlements(host: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
\t<key>${DOMAINS}</key>
\t<array>
\t\t<string>applinks:${host}</string>
\t</array>
</dict>
</plist>
`;
}

function topOf(text: string, file: string): XmlElement | null {
  const root = readElements(text, file);
  const top = root.children.find(({ name }) => name === 'dict');
  return root.name === 'plist' && top && !top.empty ? top : null;
}

const keysOf = ({ children }: XmlElement) =>
  children.filter(({ name }) => name === 'key').map(({ text }) => text);

function innerIndent(text: string, top: XmlElement): string {
  const [first] = top.children;
  return first ? indentOf(text, first.start) : '\t';
}
