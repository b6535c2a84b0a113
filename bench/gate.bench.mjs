// Authorize and token of `meet serve`, with real keys and identities, against one bare route that signs a token.
import { readFile } from 'node:fs/promises';
import { openGate } from './gate/gate.mjs';
import { pinned, startLines } from './gate/processes.mjs';
import { median } from './measure.mjs';

const here = name => new URL(name, import.meta.url).pathname;
const CONNECTIONS = 20;
const SECONDS = 2;
const DEMANDED = { rate: 0.5, p99: 5, filled: 0.9 };

/** A table: what is demanded is of several servers at once. */
export async function tabulate({ rounds = 5 } = {}) {
  const floors = {
    'bare, by jose': await startLines(pinned(0, here('gate/bare.mjs'), 'jose')),
    'bare, by fast-jwt': await startLines(pinned(0, here('gate/bare.mjs'), 'fast-jwt')),
  };
  const gates = {
    'auth tokens (the default with the emulator)': await openGate({ CONNECTIONS }),
    'the same, 10,000 meetings and 1,000,000 audit rows': await openGate({ CONNECTIONS, isFilled: true }),
    'strict: call tokens': await openGate({ CONNECTIONS, env: { MEET_STRICT: 'on' } }),
  };
  const load = await startLines(pinned(1, here('gate/load.mjs')), {}, false);
  const bare = Object.entries(floors).map(([name, { said, pid }]) => [
    name,
    { url: said.url, pid, connections: signing() },
  ]);
  const servers = { ...Object.fromEntries(bare), ...gates };
  try {
    const results = await fireInTurn(servers, load, rounds);
    return describe(results);
  } finally {
    await Promise.all([load, ...Object.values(floors), ...Object.values(gates)].map(each => each.stop()));
  }
}

const signing = () =>
  Array.from({ length: CONNECTIONS }, (_, uid) => [
    {
      method: 'POST',
      path: '/sign',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ uid: `user-${uid}` }),
    },
  ]);

/** Each server has its turn in every round, after one that does not count. */
async function fireInTurn(servers, load, rounds) {
  const results = Object.fromEntries(Object.keys(servers).map(name => [name, []]));
  for (let round = -1; round < rounds; round++)
    for (const [name, { url, pid, connections }] of Object.entries(servers)) {
      const before = await cpuSeconds(pid);
      const { perSecond, p99 } = await load.ask({ url, seconds: SECONDS, connections });
      const cpu = ((await cpuSeconds(pid)) - before) / (perSecond * SECONDS);
      if (round >= 0) results[name].push({ perSecond, p99, cpu });
    }
  return results;
}

/** Of a process, all threads (proc(5), fields 14 and 15, in hundredths of a second). */
async function cpuSeconds(pid) {
  const [, rest] = (await readFile(`/proc/${pid}/stat`, 'utf8')).split(') ');
  const fields = rest.split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

function describe(results) {
  const of = (name, field) => median(results[name].map(result => result[field]));
  const [bare, quick, plain, filled] = Object.keys(results);
  const lines = Object.keys(results).map(name => {
    const [rate, p99, cpu] = ['perSecond', 'p99', 'cpu'].map(field => of(name, field));
    const ratios =
      name === bare || name === quick
        ? '| |'
        : `${(rate / of(bare, 'perSecond')).toFixed(2)} | ${(p99 / of(bare, 'p99')).toFixed(1)} |`;
    return `| ${name} | ${Math.round(rate)}/s | ${p99.toFixed(1)} ms | ${Math.round(cpu * 1e6)} µs | ${ratios}`;
  });
  const change = of(filled, 'perSecond') / of(plain, 'perSecond');
  const [reached, ofQuick] = [bare, quick].map(floor => of(plain, 'perSecond') / of(floor, 'perSecond'));
  return {
    title: 'The gate: authorize and token under load, one core',
    note:
      `Requests of people with identities and meetings of their own, authorize and token in turn, each answer with its audit row in the store; ${CONNECTIONS} connections, the load on the other core; medians of alternating rounds. Rate limits are on, and raised. ` +
      `The floor signs one HS256 token in a bare Fastify route, by jose with its key imported once; by fast-jwt, as the emulator does, it is quicker, and we have ${ofQuick.toFixed(2)} of that. Demanded: ${DEMANDED.rate} of its rate (${reached >= DEMANDED.rate ? 'reached' : `**not reached: ${reached.toFixed(2)}**`}), ` +
      `p99 below ${DEMANDED.p99} times its own, and at least ${DEMANDED.filled} of the rate with many rows (${change.toFixed(2)}).`,
    lines: [
      '| what | rate | p99 | CPU per request | rate ÷ floor | p99 ÷ floor |',
      '|---|---|---|---|---|---|',
      ...lines,
    ],
  };
}
