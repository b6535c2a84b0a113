const HOUR_MS = 60 * 60 * 1000;
/** Longer than any time between two changes of a zone's clock that has them yearly. */
const DAYS_AHEAD = 400;

/** The calendar day in a zone as `20261120`; by Intl, so that nothing is judged by itself. */
export function localDay(instant: number, zone: string): string {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).formatToParts(instant);
  const part = (type: string) => parts.find(each => each.type === type)?.value ?? '';
  return `${part('year')}${part('month')}${part('day')}`;
}

/** The first instant of the next day in a zone, epoch ms; to the minute, as zones change by minutes. */
export function nextMidnight(instant: number, zone: string): number {
  const today = localDay(instant, zone);
  let [early, late] = [instant, instant + 27 * HOUR_MS];
  while (late - early > 1) {
    const middle = Math.floor((early + late) / 2);
    if (localDay(middle, zone) === today) early = middle;
    else late = middle;
  }
  return late;
}

/** The next day from an instant that is longer or shorter than 24 hours: its bounds, epoch ms. Null where a zone has none. */
export function nextOddDay(instant: number, zone: string): { start: number; end: number } | null {
  let start = nextMidnight(instant, zone);
  for (let day = 0; day < DAYS_AHEAD; day++) {
    const end = nextMidnight(start, zone);
    if (end - start !== 24 * HOUR_MS) return { start, end };
    start = end;
  }
  return null;
}
