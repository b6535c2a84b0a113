import { Element } from 'ltx';
import { NS } from './namespaces.ts';

export type Stanza = Element;
export type Child = Element | string | null | undefined;

/** Builds an element; null children are left out. */
export function el(name: string, attrs: Record<string, string> = {}, ...children: Child[]): Element {
  const element = new Element(name, attrs);
  for (const child of children) {
    if (typeof child === 'string') element.t(child);
    else if (child) element.cnode(child);
  }
  return element;
}

/** Child elements, without the text between them. */
export function elementsOf(element: Element): Element[] {
  return element.children.filter((child): child is Element => typeof child !== 'string');
}

/** A deep copy, free of its parent. */
export function copyOf(element: Element): Element {
  return el(
    element.name,
    { ...element.attrs },
    ...element.children.map(child => (typeof child === 'string' ? child : copyOf(child))),
  );
}

/** The result of a request (RFC 6120, 8.2.3). */
export function resultOf(request: Element, ...children: Child[]): Element {
  return el('iq', { ...replyAttributes(request), type: 'result' }, ...children);
}

/** Conditions of RFC 6120, 8.3.3, with the type that goes with each. */
const ERROR_TYPES = {
  'bad-request': 'modify',
  conflict: 'cancel',
  'feature-not-implemented': 'cancel',
  forbidden: 'auth',
  'item-not-found': 'cancel',
  'jid-malformed': 'modify',
  'not-acceptable': 'modify',
  'not-allowed': 'cancel',
  'policy-violation': 'modify',
  'resource-constraint': 'wait',
  'service-unavailable': 'cancel',
} as const;

export type ErrorCondition = keyof typeof ERROR_TYPES;

/** The error answer to any kind of stanza (RFC 6120, 8.3). */
export function errorOf(stanza: Element, condition: ErrorCondition, text?: string): Element {
  return el(
    stanza.name,
    { ...replyAttributes(stanza), type: 'error' },
    el(
      'error',
      { type: ERROR_TYPES[condition] },
      el(condition, { xmlns: NS.stanzas }),
      text === undefined ? null : el('text', { xmlns: NS.stanzas }, text),
    ),
  );
}

function replyAttributes(stanza: Element): Record<string, string> {
  const { id, to } = stanza.attrs;
  return { xmlns: NS.client, ...(id === undefined ? {} : { id }), ...(to === undefined ? {} : { from: to }) };
}
