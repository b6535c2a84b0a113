// The load: autocannon on a core of its own. Reads what to send as JSON, answers rates and times as JSON, line by line.
import { createInterface } from 'node:readline';
import autocannon from 'autocannon';

for await (const line of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify(await fire(JSON.parse(line))));
}

/** Each connection has requests of its own, and repeats them until the time is over. */
async function fire({ url, seconds, connections }) {
  const times = [];
  let next = 0;
  const run = autocannon({
    url,
    connections: connections.length,
    duration: seconds,
    setupClient: client => client.setRequests(connections[next++ % connections.length]),
  });
  run.on('response', (_client, _status, _bytes, ms) => times.push(ms));
  const { non2xx, errors, duration } = await run;
  if (non2xx + errors > 0) throw new Error(`${non2xx} refused, ${errors} failed of ${times.length} requests`);
  times.sort((a, b) => a - b);
  return { perSecond: times.length / duration, p99: times[Math.floor(times.length * 0.99)] };
}
