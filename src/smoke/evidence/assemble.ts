import { explainIce } from '../explain/explain-ice.ts';
import { explainConnection } from '../explain/explain-media.ts';
import { placeOf } from '../people/cast.ts';
import { askSnapshot, type Person } from '../people/person.ts';
import type { SmokeReport } from '../report/report.ts';
import { describeHappening } from './describe-happening.ts';
import { describeServerEvent } from './describe-server-event.ts';
import type { Act, Evidence, PersonEvidence, Picture, Versions } from './evidence.ts';
import { ratesOf } from './rates.ts';
import { connectionEvents, lastConnections, type PersonRecord } from './record/person-record.ts';
import type { ServerEvent } from './record/server-stream.ts';
import { within } from './record/within.ts';
import type { RawConnection } from './sample.ts';
import type { Secrets } from './secrets.ts';

/** What was gathered; times are milliseconds since the epoch, and nothing is cleaned yet. */
export interface Gathered {
  readonly report: SmokeReport;
  readonly startedAt: number;
  readonly totalMs: number;
  readonly versions: Versions;
  readonly acts: readonly Act[];
  readonly records: readonly PersonRecord[];
  readonly server: readonly ServerEvent[];
  readonly pictures: readonly Picture[];
  readonly secrets: Secrets;
  readonly traces: readonly string[];
}

type Clock = <T extends { readonly t: number }>(items: readonly T[]) => T[];

/** Puts everything on the run's clock, in order, and takes every secret out. */
export async function assemble(gathered: Gathered): Promise<Evidence> {
  const { report, startedAt, totalMs, versions, records, secrets, traces } = gathered;
  const clock: Clock = items =>
    items.map(item => ({ ...item, t: item.t - startedAt })).sort((a, b) => a.t - b.t);
  const inOrder = records.toSorted((a, b) => placeOf(a.person.signal) - placeOf(b.person.signal));
  const names = [...new Set(inOrder.map(({ person }) => person.name))];
  const people = await Promise.all(names.map(name => describePerson(name, gathered, clock)));
  const lint = clock(report.lint);
  return {
    ...secrets.clean({ report: { ...report, lint }, startedAt, totalMs, versions, people, traces }),
    acts: gathered.acts.map(act => placeAct(act, startedAt)),
    server: secrets.clean(clock(gathered.server.map(describeServerEvent))),
    // Long runs of letters themselves: not to be looked through.
    pictures: clock(gathered.pictures),
  };
}

function placeAct(act: Act, startedAt: number): Act {
  return { ...act, start: act.start - startedAt, end: act.end === null ? null : act.end - startedAt };
}

/** Characters of a console line. */
const LONGEST_TEXT = 2000;

/** All tabs of one name: who comes again in a scenario is the same person. */
async function describePerson(name: string, gathered: Gathered, clock: Clock): Promise<PersonEvidence> {
  const { records, secrets, report } = gathered;
  const own = records.filter(({ person }) => person.name === name);
  const everybody = records.map(({ person }) => person);
  const samples = own.flatMap(record => record.samples);
  const told = own.flatMap(({ person }) =>
    person.chronicle.all().map(happening => describeHappening(happening, everybody)),
  );
  const connections = lastConnections(samples);
  const last = own.at(-1)?.person;
  const requests = own.flatMap(({ log }) => log.requests());
  return {
    name,
    role: last?.role ?? 'full',
    hue: last?.signal.hue ?? 0,
    events: clock([...told, ...connectionEvents(samples)]),
    lines: clock(own.flatMap(({ log }) => log.lines)).map(line => ({
      ...line,
      text: secrets.cleanText(line.text).slice(0, LONGEST_TEXT),
    })),
    requests: clock(requests).map(request => ({ ...request, url: secrets.cleanUrl(request.url) })),
    rates: clock(ratesOf(samples)),
    connections,
    reason: last && !report.ok ? await explain(last, connections.at(-1)) : null,
  };
}

/** Milliseconds for a page to answer once everything is over. */
const SNAPSHOT_MS = 1000;

async function explain(person: Person, connection: RawConnection | undefined): Promise<string | null> {
  if (connection) return explainIce(person.name, connection);
  const snapshot = person.page.isClosed() ? null : await within(SNAPSHOT_MS, askSnapshot(person));
  return snapshot && explainConnection(person.name, snapshot);
}
