import { button, element } from './element.ts';
import { createInput, createSelect } from './fields.ts';
import { type Filter, filterMeetings, type Meeting, STATES } from './meeting.ts';
import { type Actions, createRow, type Row } from './meeting-row.ts';
import { texts } from './texts.ts';

/** How many show at once: hundreds would be slow on a phone, and nobody tabs through them. */
const PAGE = 50;
/** A list that fits on a screen needs no search. */
const MANY = 6;

export interface MeetingList {
  readonly nodes: readonly Node[];
  update(meetings: readonly Meeting[], now: number): void;
  /** Where a meeting is called by its name, to put the focus there. */
  headingOf(id: string): HTMLElement | null;
}

/** The meetings, with a search where there are many. */
export function createList(actions: Actions): MeetingList {
  let all: readonly Meeting[] = [];
  let now = Date.now();
  let limit = PAGE;
  const rows = new Map<string, Row>();
  const search = createInput(texts.filter, { type: 'search' });
  search.control.placeholder = texts.filterHint;
  const state = createSelect(texts.state, { all: texts.allStates, ...texts.states });
  const tools = element('div', { className: 'tools' }, search.row, state.row);
  const count = element('p', { className: 'count', attributes: { role: 'status' } });
  const list = element('ul', { className: 'meetings', attributes: { role: 'list' } });
  const more = button('', () => showMore(), 'quiet more');
  const empty = element(
    'div',
    { className: 'empty' },
    element('h2', { textContent: texts.none.title }),
    element('p', { textContent: texts.none.text }),
  );

  const rowOf = (meeting: Meeting): Row => {
    const row = rows.get(meeting.sessionId) ?? createRow(meeting, actions);
    rows.set(meeting.sessionId, row);
    row.update(meeting, now);
    return row;
  };
  const show = () => {
    const found = filterMeetings(all, readFilter(search.control.value, state.control.value), now);
    const shown = found.slice(0, limit);
    arrange(
      list,
      shown.map(meeting => rowOf(meeting).item),
    );
    const hidden = found.length - shown.length;
    more.hidden = hidden === 0;
    more.textContent = texts.more(String(Math.min(PAGE, hidden)));
    empty.hidden = all.length > 0;
    count.hidden = all.length === 0;
    tools.hidden = all.length < MANY;
    const words = sayCount(found.length, all.length);
    if (count.textContent !== words) count.textContent = words;
  };
  const showMore = () => {
    const firstNew = limit;
    limit += PAGE;
    show();
    // The button may be gone, and whoever pressed it wants to read on from here.
    list.children[firstNew]?.querySelector('h2')?.focus();
  };
  const refilter = () => {
    limit = PAGE;
    show();
  };
  tools.addEventListener('input', refilter);

  return {
    nodes: [tools, count, empty, list, more],
    headingOf: id => rows.get(id)?.item.querySelector('h2') ?? null,
    update(meetings, at) {
      [all, now] = [meetings, at];
      const ids = new Set(all.map(({ sessionId }) => sessionId));
      for (const id of rows.keys()) if (!ids.has(id)) rows.delete(id);
      show();
    },
  };
}

function readFilter(text: string, state: string): Filter {
  return { text, state: STATES.find(one => one === state) ?? 'all' };
}

function sayCount(found: number, total: number): string {
  if (total > 0 && found === 0) return texts.noneFound;
  return found === total ? texts.total(String(total)) : texts.found(String(found), String(total));
}

/** Makes `items` the children of `list`; those that are in their place already are not touched, and keep the focus. */
function arrange(list: HTMLElement, items: readonly HTMLElement[]): void {
  const wanted = new Set<Element>(items);
  for (const child of [...list.children]) if (!wanted.has(child)) child.remove();
  items.forEach((item, index) => {
    const present = list.children[index];
    if (present !== item) list.insertBefore(item, present ?? null);
  });
}
