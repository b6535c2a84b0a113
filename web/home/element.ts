type Tags = HTMLElementTagNameMap;
type Given<Tag extends keyof Tags> = Partial<Omit<Tags[Tag], 'attributes' | 'style' | 'dataset'>> & {
  /** What has no property of its own, or one that older browsers lack: `aria-…`, `for`. */
  readonly attributes?: Readonly<Record<string, string>>;
};

/** An element with its properties and children; text is always text, never markup. */
export function element<Tag extends keyof Tags>(
  tag: Tag,
  { attributes = {}, ...properties }: Given<Tag> = {},
  ...children: (Node | string | null)[]
): Tags[Tag] {
  const made = document.createElement(tag);
  Object.assign(made, properties);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children.filter(child => child !== null));
  return made;
}

export function button(text: string, onClick: () => void, className = ''): HTMLButtonElement {
  const made = element('button', { type: 'button', textContent: text, className });
  made.addEventListener('click', onClick);
  return made;
}

let count = 0;

/** An id that no other element has. */
export function newId(word: string): string {
  count += 1;
  return `${word}-${count}`;
}
