/** A list of names and values, whose rows stay in their places while their values change. */
export interface FactsList {
  readonly element: HTMLDListElement;
  show(rows: readonly { readonly name: string; readonly note?: string; readonly value: string }[]): void;
}

export function createFactsList(): FactsList {
  const element = document.createElement('dl');
  return {
    element,
    show(rows) {
      rows.forEach(({ name, note, value }, index) => {
        const row = element.children[index] ?? element.appendChild(createRow());
        const [term, description] = row.children as unknown as [HTMLElement, HTMLElement];
        // Untouched where nothing is new: whoever has marked a value keeps the mark.
        write(term.firstElementChild as HTMLElement, name);
        write(term.lastElementChild as HTMLElement, note ?? '');
        write(description, value);
      });
      while (element.children.length > rows.length) element.lastElementChild?.remove();
    },
  };
}

function createRow(): HTMLElement {
  const row = document.createElement('div');
  row.innerHTML = '<dt><span></span> <code></code></dt><dd></dd>';
  return row;
}

function write(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}
