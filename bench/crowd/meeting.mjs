// A meeting of so many people, watched for a while.
import { fileURLToPath } from 'node:url';
import { readCost } from '../process-cost.mjs';
import { createStopwatch } from './stopwatch.mjs';

const SMALL_CAMERA = fileURLToPath(new URL('../../test/people/small-camera.js', import.meta.url));
const PAGE_WATCH = fileURLToPath(new URL('../../test/browser/page-watch.js', import.meta.url));
const SETTLE_MS = 5_000;
const WATCH_MS = 10_000;
const LONE = 2;
const AUDIO = 111;

export async function holdMeeting({ people, browser, url, meeting, size, pid }) {
  const recording = await makeRecording(people, browser, url);
  const stopwatch = createStopwatch();
  const watch = (direction, packet) => {
    if ((packet[1] & 0x7f) !== AUDIO) return;
    // Sound is forwarded as it is: its source and timestamp tell which packet this one was.
    stopwatch.see(direction, `${packet.readUInt32BE(8)} ${packet.readUInt32BE(4)}`);
  };
  const lone = [];
  for (let i = 0; i < LONE; i++)
    lone.push(await people.enterAlone({ server: url, meeting, uid: `lone-${i}`, recording, watch }));
  const pages = [];
  for (let i = LONE; i < size; i++) pages.push(await joinByPage(browser, meeting.url, `page-${i}`));
  try {
    await pause(SETTLE_MS);
    return await watchMeeting({ lone, pages, pid, stopwatch });
  } finally {
    for (const page of pages) await page.context().close();
    for (const person of lone) await person.leave();
  }
}

async function watchMeeting({ lone, pages, pid, stopwatch }) {
  const before = { ...(await countPackets(lone, pages)), cost: readCost(pid), at: performance.now() };
  stopwatch.reset();
  await pause(WATCH_MS);
  const latency = stopwatch.percentiles();
  const cost = readCost(pid);
  const seconds = (performance.now() - before.at) / 1000;
  const after = await countPackets(lone, pages);
  for (const [i, count] of after.perPerson.entries())
    if (count <= before.perPerson[i]) throw new Error(`nothing arrived at person ${i}`);
  return {
    packets: after.total - before.total,
    bytes: after.bytes - before.bytes,
    seconds,
    cpuSeconds: cost.seconds - before.cost.seconds,
    megabytes: cost.megabytes,
    receivers: lone.length + pages.length - 1,
    latency,
  };
}

async function countPackets(lone, pages) {
  const inbound = await Promise.all(
    pages.map(page =>
      page.evaluate(async () => {
        const reports = await window.__watch.inbound();
        const sum = name => reports.reduce((total, report) => total + (report[name] ?? 0), 0);
        return { packets: sum('packetsReceived'), bytes: sum('bytesReceived') };
      }),
    ),
  );
  const alone = lone.map(({ received }) => [...received.values()].reduce((a, b) => a + b, 0));
  const perPerson = [...alone, ...inbound.map(({ packets }) => packets)];
  const bytes = inbound.reduce((total, page) => total + page.bytes, 0);
  return { perPerson, total: perPerson.reduce((a, b) => a + b, 0), bytes };
}

async function joinByPage(browser, url, as) {
  const context = await browser.newContext({ viewport: { width: 320, height: 180 } });
  const page = await context.newPage();
  await page.addInitScript({ path: PAGE_WATCH });
  await page.addInitScript({ path: SMALL_CAMERA });
  const address = new URL(url);
  address.searchParams.set('as', as);
  await page.goto(address.href);
  await page.click('#join');
  await page.waitForFunction("document.body.dataset.state === 'joined'");
  return page;
}

async function makeRecording(people, browser, url) {
  const page = await browser.newPage();
  await page.goto(url);
  const recording = await people.record(page, { width: 320, height: 180, framesPerSecond: 10, seconds: 3 });
  await page.close();
  return recording;
}

function pause(ms) {
  return new Promise(resolve => setTimeout(resolve, ms));
}
