import { describeDetails } from './describe.ts';
import type { TraceEvent } from './follow.ts';

/** The events on the screen, the latest last. */
export interface Rows {
  add(event: TraceEvent): void;
  /** Shows those only that contain the text. */
  filter(text: string): void;
}

/** More than anybody reads; `meet trace` keeps all. */
const MAX_ROWS = 500;
/** Whoever has scrolled up further than this reads, and stays there (px). */
const NEAR_END = 40;

/** Fills `list`, which is emptied first. */
export function createRows(list: HTMLElement): Rows {
  let wanted = '';
  const show = (row: HTMLElement) => {
    row.hidden = !(row.textContent ?? '').toLowerCase().includes(wanted);
  };
  list.replaceChildren();

  return {
    add(event) {
      const follows = list.scrollHeight - list.scrollTop - list.clientHeight < NEAR_END;
      const row = rowOf(event);
      show(row);
      list.append(row);
      if (list.childElementCount > MAX_ROWS) list.firstElementChild?.remove();
      if (follows) list.scrollTop = list.scrollHeight;
    },
    filter(text) {
      wanted = text.trim().toLowerCase();
      for (const row of list.children) show(row as HTMLElement);
      list.scrollTop = list.scrollHeight;
    },
  };
}

function rowOf(event: TraceEvent): HTMLElement {
  const row = document.createElement('li');
  row.dataset.kind = event.kind;
  const time = cell('time', timeOf(event.at));
  const kind = cell('b', event.kind);
  const text = cell('span', '');
  if (event.who) text.append(cell('i', event.who), ' ');
  text.append(describeDetails(event));
  row.append(time, kind, text);
  return row;
}

function cell(name: string, text: string): HTMLElement {
  const element = document.createElement(name);
  element.textContent = text;
  return element;
}

/** By this machine's clock, to the millisecond: 14:05:09.123 */
function timeOf(at: string): string {
  const date = new Date(at);
  const two = (value: number) => String(value).padStart(2, '0');
  const clock = [date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(':');
  return `${clock}.${String(date.getMilliseconds()).padStart(3, '0')}`;
}
