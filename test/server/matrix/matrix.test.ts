import { describe, expect, it } from 'vitest';
import type { AuditRecord } from '../../../src/core/audit.ts';
import type { AppOptions } from '../../../src/server/context.ts';
import { createHostApp } from '../../../src/server/host-app.ts';
import { type Answer, type Harness, startHarness } from '../harness.ts';
import { type Issuer, startIssuer } from '../issuer.ts';
import { makeRoom, type Room } from './meetings.ts';
import { type Access, changeOf, DOORS, outcomeOf, type Rules, SITUATIONS, type Situation } from './oracle.ts';
import { makePeople, type Person } from './people.ts';

const ALL = Object.keys(SITUATIONS) as Situation[];
const VISITS = ['authorize', 'token'] as const;
/** So that none of thousands is refused for being one of many. */
const PATIENT = { visits: 1_000_000, api: 1_000_000 };

interface Case {
  readonly situation: Situation;
  readonly person: Person;
  readonly authorization: string | undefined;
  readonly room: Room;
  readonly door: number;
  readonly question: (typeof VISITS)[number] | 'patch';
}

interface Server {
  readonly harness: Harness;
  readonly issuer: Issuer;
  readonly rules: Rules;
}

async function startServer(rules: Rules): Promise<Server> {
  const issuer = await startIssuer({ claims: { uid: 'sub', name: 'name', role: 'role' } });
  const changes: Partial<AppOptions> = {
    hostApp: createHostApp({ jwt: issuer.options }),
    guests: rules.guests,
    claimedUids: !rules.cloud,
    rateLimits: PATIENT,
  };
  return { harness: await startHarness(changes, true), issuer, rules };
}

/** All doors of an access in a situation, for everybody; joining by both questions in turns, and changing it once. */
async function casesOf(access: Access, situation: Situation, room: Room, people: readonly Person[]) {
  const known: Pick<Case, 'person' | 'authorization'>[] = [];
  // One after the other: some had their tokens made when the clock said something else.
  for (const person of people) known.push({ person, authorization: await person.authorization(room) });
  const doors = DOORS.flatMap(([of], door) => (of === access ? door : []));
  return known.flatMap((each, index) => {
    const join = doors.map(door => ({ door, question: VISITS[(index + door) % 2] ?? 'token' }));
    // Whoever may manage a meeting may whatever its access is.
    const change = access === 'link' ? [{ door: doors[0] ?? 0, question: 'patch' as const }] : [];
    return [...join, ...change].map((asked): Case => ({ ...each, ...asked, situation, room }));
  });
}

function ask({ harness }: Server, { room, door, question, authorization }: Case): Promise<Answer> {
  const headers = authorization === undefined ? {} : { authorization };
  const path = `/api/meetings/${room.sessionId}`;
  if (question === 'patch') return harness.as(undefined)('PATCH', path, { title: 'Changed' }, headers);
  const key = room.keys[DOORS[door]?.[1] ?? 'none'];
  const shown = key === undefined ? {} : { key };
  // Both ways to show a key.
  return door % 2 === 0
    ? harness.as(undefined)('POST', `${path}/${question}`, shown, headers)
    : harness.as(undefined)(
        'POST',
        `${path}/${question}`,
        {},
        { ...headers, ...(key && { 'meet-key': key }) },
      );
}

function expectedOf({ person, door, situation, question }: Case, rules: Rules): string {
  if (question === 'patch') return changeOf(person.who, door, situation);
  return outcomeOf(person.who, door, situation, rules);
}

function outcomeIn({ status, body }: Answer): string {
  if (status !== 200) return body.code;
  return body.title === 'Changed' ? 'changed' : body.role;
}

const isToken = (answer: Answer) => 'authToken' in answer.body || 'callToken' in answer.body;
const nameOf = ({ person, situation, door, question }: Case) =>
  `${person.name}: ${DOORS[door]?.join(', key ')}, ${situation}, ${question}`;

/** Runs the cases of a room, and tells which came out otherwise than the table says. */
async function runRoom(server: Server, cases: readonly Case[], seen: Map<string, number>): Promise<string[]> {
  const answers = await Promise.all(cases.map(each => ask(server, each)));
  return cases.flatMap((each, index) => {
    const answer = answers[index];
    if (!answer) throw new Error('a question without an answer');
    const { question, room } = each;
    const expected = expectedOf(each, server.rules);
    const outcome = outcomeIn(answer);
    const isGood = answer.status === 200;
    const row = `${question} ${isGood ? 'ok' : outcome} ${room.sessionId}`;
    seen.set(row, (seen.get(row) ?? 0) + 1);
    const gave = isToken(answer);
    if (outcome === expected && gave === (isGood && question === 'token')) return [];
    return [`${nameOf(each)}: ${expected} expected, ${outcome}${gave ? ' and a token' : ''}`];
  });
}

/** Refusals that name no meeting are told apart up to a number only; the rest is counted with others. */
const countedByRoom = (outcome: string) =>
  ['ok', 'NOT_ALLOWED', 'MEETING_NOT_STARTED', 'MEETING_EXPIRED', 'MEETING_ENDED'].includes(outcome);

function sumRows(rows: Iterable<readonly [row: string, count: number]>): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const [row, count] of rows) {
    const [question, outcome = '', sessionId] = row.split(' ');
    const name = countedByRoom(outcome) ? `${question} ${outcome} ${sessionId}` : `${question} ${outcome}`;
    sums[name] = (sums[name] ?? 0) + count;
  }
  return sums;
}

const rowOf = ({ action, outcome, sessionId, count }: AuditRecord) =>
  [`${action} ${outcome} ${sessionId}`, count] as const;

async function issuedBy({ harness }: Server): Promise<number> {
  const { body } = await harness.as(undefined)('GET', '/metrics');
  const lines = String(body).matchAll(/^meet_tokens_issued_total\{[^}]*\} (\d+)$/gm);
  return [...lines].reduce((sum, [, count]) => sum + Number(count), 0);
}

const TABLES: readonly [name: string, rules: Rules, situations: readonly Situation[]][] = [
  ['with guests', { guests: true, cloud: false }, ALL],
  ['without guests', { guests: false, cloud: false }, ['in the middle', 'a minute before the door opens']],
  ["with the cloud's accounts", { guests: true, cloud: true }, ['in the middle']],
];

describe('who gets in', () => {
  it.each(TABLES)(
    '%s',
    async (name, rules, situations) => {
      const server = await startServer(rules);
      const { harness } = server;
      const people = await makePeople(harness, server.issuer);
      const seen = new Map<string, number>();
      const wrong: string[] = [];
      const started = performance.now();
      for (const situation of situations) {
        for (const access of ['link', 'rotated', 'allow', 'public'] as const) {
          const room = await makeRoom(harness, access, situation);
          wrong.push(...(await runRoom(server, await casesOf(access, situation, room, people), seen)));
        }
      }
      expect(wrong).toEqual([]);
      const total = [...seen.values()].reduce((sum, count) => sum + count, 0);
      const admitted = [...seen].flatMap(([row, count]) => (row.startsWith('token ok') ? count : []));
      expect(await issuedBy(server)).toBe(admitted.reduce((sum, count) => sum + count, 0));
      await harness.app.close();
      const rows = await harness.store.audit.find({ limit: 100_000 });
      const asked = rows.filter(({ action }) => ['authorize', 'token', 'patch'].includes(action));
      expect(sumRows(asked.map(rowOf))).toEqual(sumRows(seen));
      process.stderr.write(
        `matrix, ${name}: ${total} cases in ${Math.round(performance.now() - started)} ms\n`,
      );
    },
    120_000,
  );
});
