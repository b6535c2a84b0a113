import { elementsNamed, type XmlElement } from './read-xml.ts';

export interface AndroidManifest {
  /** `android.permission.CAMERA` … */
  readonly permissions: readonly string[];
  /** Taken back from what a library's manifest brings. */
  readonly removed: readonly string[];
  readonly links: readonly AppLink[];
  /** Where one more permission may stand: before the first one, or before the application. */
  readonly entry: number | null;
  readonly start: number;
}

/** An intent filter that opens links in a browser. */
export interface AppLink {
  readonly autoVerify: boolean;
  readonly schemes: readonly string[];
  readonly hosts: readonly string[];
  readonly start: number;
}

/** @see https://developer.android.com/training/app-links/verify-android-applinks */
export function readAndroidManifest(root: XmlElement): AndroidManifest {
  const all = ['uses-permission', 'uses-permission-sdk-23'].flatMap(name => elementsNamed(root, name));
  const isRemoved = ({ attributes }: XmlElement) => attributes['tools:node'] === 'remove';
  const namesOf = (elements: readonly XmlElement[]) =>
    elements.flatMap(({ attributes }) => attributes['android:name'] ?? []);
  const links = elementsNamed(root, 'intent-filter').filter(opensLinks).map(readLink);
  const first = root.children.find(({ name }) => name === 'uses-permission' || name === 'application');
  return {
    permissions: namesOf(all.filter(each => !isRemoved(each))),
    removed: namesOf(all.filter(isRemoved)),
    links,
    // Without the name space there is no `android:name`.
    entry: root.attributes['xmlns:android'] ? (first?.start ?? null) : null,
    start: root.start,
  };
}

function opensLinks(filter: XmlElement): boolean {
  const has = (name: string, value: string) =>
    filter.children.some(child => child.name === name && child.attributes['android:name'] === value);
  return has('action', 'android.intent.action.VIEW') && has('category', 'android.intent.category.BROWSABLE');
}

function readLink(filter: XmlElement): AppLink {
  const data = filter.children.filter(({ name }) => name === 'data');
  const values = (name: string) => data.flatMap(({ attributes }) => attributes[name] ?? []);
  return {
    autoVerify: filter.attributes['android:autoVerify'] === 'true',
    schemes: values('android:scheme'),
    hosts: values('android:host'),
    start: filter.start,
  };
}
