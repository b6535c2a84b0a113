import type { XmlElement } from './read-xml.ts';

export interface PropertyListEntry {
  /** Of a string or a number. Empty for other kinds. */
  readonly text: string;
  /** Of an array of strings. */
  readonly items: readonly string[];
  readonly start: number;
}

/** The top level of an XML property list, as `Info.plist` and `*.entitlements` are; null where it is none. */
export function readPropertyList(root: XmlElement): ReadonlyMap<string, PropertyListEntry> | null {
  const [top] = root.children;
  if (root.name !== 'plist' || top?.name !== 'dict') return null;
  const entries = new Map<string, PropertyListEntry>();
  top.children.forEach((key, index) => {
    const value = top.children[index + 1];
    if (key.name !== 'key' || !value || value.name === 'key') return;
    const items = value.name === 'array' ? value.children.map(({ text }) => text) : [];
    entries.set(key.text, { text: value.text, items, start: key.start });
  });
  return entries;
}
