import { elementsNamed, type XmlElement } from './read-xml.ts';

export interface AndroidManifest {
  /** `android.permission.CAMERA` … */
  readonly permissions: readonly string[];
  readonly links: readonly AppLink[];
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
  const permissions = ['uses-permission', 'uses-permission-sdk-23'].flatMap(name =>
    elementsNamed(root, name)
      // Removed again from what a library's manifest brings.
      .filter(({ attributes }) => attributes['tools:node'] !== 'remove')
      .flatMap(({ attributes }) => attributes['android:name'] ?? []),
  );
  const links = elementsNamed(root, 'intent-filter').filter(opensLinks).map(readLink);
  return { permissions, links, start: root.start };
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
