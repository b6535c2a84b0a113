// What a conference costs its server, by the number of people in it, beside a UDP relay with the same packets.
import { holdMeeting } from './crowd/meeting.mjs';
import { carryPackets } from './crowd/relayed.mjs';
import { loadSource } from './load-source.mjs';
import { withServer } from './own-server.mjs';

/** Two of them have no browser; a page takes a third of a core. */
const SIZES = [2, 4, 6, 8];

export async function tabulate({ sizes = SIZES } = {}) {
  const people = await loadSource('crowd/people.ts');
  const browser = await people.launchBrowser({
    browser: people.findBrowser({ env: process.env }),
    headed: false,
    loopbackOnly: true,
  });
  const rows = [];
  try {
    for (const size of sizes) rows.push(await measureSize(people, browser, size));
  } finally {
    await browser.close();
  }
  return {
    title: 'One conference, by the number of people in it',
    note: 'The server process alone, with the real SDK in all pages (320×180, 10 frames a second); two of the people have no browser. The relay forwards packets of the same number and size, unread. Latency is from sending a sound to its arrival, both ends in one process; behind it the relay’s.',
    lines: describe(rows),
  };
}

function measureSize(people, browser, size) {
  return withServer(async ({ url, pid, createMeeting }) => {
    const held = await holdMeeting({ people, browser, url, meeting: await createMeeting(), size, pid });
    return { size, held, relayed: await carryPackets(held) };
  });
}

function describe(rows) {
  const head = [
    '| people | packets out | CPU of a core | CPU per packet | relay’s | ratio | latency p50 / p99 | relay’s | memory |',
    '|---|---|---|---|---|---|---|---|---|',
  ];
  return [...head, ...rows.map(describeRow)];
}

function describeRow({ size, held, relayed }) {
  const latency = ({ latency: { p50, p99 } }) => `${p50.toFixed(2)} / ${p99.toFixed(2)} ms`;
  const micros = ({ cpuSeconds, packets }) => (cpuSeconds / packets) * 1e6;
  const cells = [
    size,
    `${Math.round(held.packets / held.seconds)}/s`,
    `${Math.round((held.cpuSeconds / held.seconds) * 100)} %`,
    `${Math.round(micros(held))} µs`,
    `${Math.round(micros(relayed))} µs`,
    (micros(held) / micros(relayed)).toFixed(1),
    latency(held),
    latency(relayed),
    `${Math.round(held.megabytes)} MB`,
  ];
  return `| ${cells.join(' | ')} |`;
}
