export interface Tabs {
  /** The name of the one that is shown. */
  readonly selected: string;
  panelOf(name: string): HTMLElement;
  focus(): void;
}

/** A row of tabs and their panels, by the ARIA Authoring Practices: arrows, Home and End go from one to the next. */
export function createTabs(
  list: HTMLElement,
  place: HTMLElement,
  names: Readonly<Record<string, string>>,
  onSelect: (name: string) => void,
): Tabs {
  const all = Object.entries(names).map(([name, label]) => ({ name, ...createTab(name, label) }));
  let selected = all[0]?.name ?? '';

  function show(name: string): void {
    selected = name;
    for (const { name: own, tab, panel } of all) {
      tab.ariaSelected = String(own === name);
      tab.tabIndex = own === name ? 0 : -1;
      panel.hidden = own !== name;
    }
  }
  function select(name: string): void {
    show(name);
    onSelect(name);
  }

  for (const { name, tab, panel } of all) {
    list.append(tab);
    place.append(panel);
    tab.addEventListener('click', () => select(name));
  }
  list.addEventListener('keydown', ({ key }) => {
    const at = all.findIndex(({ name }) => name === selected);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: -1 }[key];
    const next = to === undefined ? undefined : all.at(to % all.length);
    if (!next) return;
    select(next.name);
    next.tab.focus();
  });
  show(selected);
  return {
    get selected() {
      return selected;
    },
    panelOf: name => all.find(tab => tab.name === name)?.panel ?? place,
    focus: () => all.find(({ name }) => name === selected)?.tab.focus(),
  };
}

function createTab(name: string, label: string): { tab: HTMLElement; panel: HTMLElement } {
  const tab = document.createElement('button');
  tab.type = 'button';
  tab.id = `tab-${name}`;
  tab.role = 'tab';
  tab.textContent = label;
  tab.setAttribute('aria-controls', name);
  const panel = document.createElement('div');
  panel.id = name;
  panel.role = 'tabpanel';
  // It scrolls, so it must be reached by the keyboard too.
  panel.tabIndex = 0;
  panel.setAttribute('aria-labelledby', tab.id);
  return { tab, panel };
}
