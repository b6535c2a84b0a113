import { removeControls } from './plain-text.ts';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  // A parser makes spaces of them in attributes.
  '\n': '&#10;',
  '\t': '&#9;',
};

/** Any text as an attribute's value, or as an element's text; what XML cannot carry is left out. */
export function escapeXml(text: string): string {
  return removeControls(text).replace(/[&<>"\n\t]/g, character => ENTITIES[character] ?? '');
}

/** An element; `children` are XML already. */
export function element(
  name: string,
  attributes: Readonly<Record<string, string>>,
  children: readonly string[] = [],
): string {
  const start = [name, ...Object.entries(attributes).map(([key, value]) => `${key}="${escapeXml(value)}"`)];
  const inside = children.join('');
  return inside ? `<${start.join(' ')}>${inside}</${name}>` : `<${start.join(' ')}/>`;
}
