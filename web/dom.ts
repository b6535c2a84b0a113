/** The page's own element with this id. Throws where the page and its script do not fit together. */
export function byId<Type extends HTMLElement>(id: string, type: new () => Type): Type {
  const element = document.getElementById(id);
  if (element instanceof type) return element;
  throw new Error(`#${id} is missing from the page`);
}

export function setText(element: HTMLElement, text: string): void {
  // A status that is told the same again would be read out again.
  if (element.textContent !== text) element.textContent = text;
  element.hidden = text === '';
}
