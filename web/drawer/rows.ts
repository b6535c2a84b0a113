import { type Moment, placeOf } from './timeline.ts';

/** The moments on the screen, the latest last. */
export interface Rows {
  readonly moments: readonly Moment[];
  add(moment: Moment): void;
  /** Shows those only that contain the text. */
  filter(text: string): void;
  /** To the latest. */
  end(): void;
}

/** More than anybody reads; `meet trace` keeps all. */
const MAX_ROWS = 700;
/** Whoever has scrolled up further than this reads, and stays there (px). */
const NEAR_END = 40;

export function createRows(list: HTMLElement): Rows {
  const moments: Moment[] = [];
  let wanted = '';
  const show = (row: HTMLElement) => {
    row.hidden = !(row.textContent ?? '').toLowerCase().includes(wanted);
  };
  const end = () => {
    list.scrollTop = list.scrollHeight;
  };

  return {
    moments,
    end,
    add(moment) {
      const follows = list.scrollHeight - list.scrollTop - list.clientHeight < NEAR_END;
      const place = placeOf(moments, moment.at);
      const row = rowOf(moment);
      show(row);
      moments.splice(place, 0, moment);
      list.insertBefore(row, list.children[place] ?? null);
      if (moments.length > MAX_ROWS) {
        moments.shift();
        list.firstElementChild?.remove();
      }
      if (follows) end();
    },
    filter(text) {
      wanted = text.trim().toLowerCase();
      for (const row of list.children) show(row as HTMLElement);
      end();
    },
  };
}

function rowOf({ at, kind, who, text }: Moment): HTMLElement {
  const row = document.createElement('li');
  row.dataset.kind = kind;
  const words = cell('span', '');
  if (who) words.append(cell('i', who), ' ');
  words.append(text);
  row.append(cell('time', timeOf(at)), cell('b', kind), words);
  return row;
}

function cell(name: string, text: string): HTMLElement {
  const element = document.createElement(name);
  element.textContent = text;
  return element;
}

/** By this machine's clock, to the millisecond: 14:05:09.123 */
function timeOf(at: number): string {
  const date = new Date(at);
  const two = (value: number) => String(value).padStart(2, '0');
  const clock = [date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(':');
  return `${clock}.${String(date.getMilliseconds()).padStart(3, '0')}`;
}
