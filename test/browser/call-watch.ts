import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';

const SCRIPT = fileURLToPath(new URL('call-watch.js', import.meta.url));

/** Before the page is opened. */
export async function watchCalls(page: Page): Promise<void> {
  await page.addInitScript({ path: SCRIPT });
}

/** What a page's call has sent and received since it began, and how it is now. */
export interface CallFigures {
  /** Sound that arrived, in packets: no feedback repairs it, so its losses are the network's. */
  readonly soundReceived: number;
  readonly soundLost: number;
  /** Of the sound that arrives, in seconds. */
  readonly jitter: number;
  /** Packets of the picture that this page sent again, because somebody asked. */
  readonly resent: number;
  /** Requests for lost packets of a picture that this page sent. */
  readonly asked: number;
  /** Of the connectivity checks with the bridge, in seconds. */
  readonly roundTrip: number;
  readonly bytesReceived: number;
  /** When they were read, in milliseconds. */
  readonly at: number;
}

export async function readCall(page: Page): Promise<CallFigures> {
  return page.evaluate(`(async () => {
    const reports = await __call.reports();
    const of = (type, kind) => reports.filter(each => each.type === type && (!kind || each.kind === kind));
    const sum = (list, name) => list.reduce((all, each) => all + (each[name] ?? 0), 0);
    const sound = of('inbound-rtp', 'audio');
    return {
      soundReceived: sum(sound, 'packetsReceived'),
      soundLost: sum(sound, 'packetsLost'),
      jitter: Math.max(0, ...sound.map(each => each.jitter ?? 0)),
      resent: sum(of('outbound-rtp', 'video'), 'retransmittedPacketsSent'),
      asked: sum(of('inbound-rtp', 'video'), 'nackCount'),
      roundTrip: Math.max(0, ...of('candidate-pair').filter(each => each.nominated).map(each => each.currentRoundTripTime ?? 0)),
      bytesReceived: sum(of('transport'), 'bytesReceived'),
      at: performance.now(),
    };
  })()`);
}

/** What changed in a page's call during `ms`. */
export async function watchFor(page: Page, ms: number) {
  const before = await readCall(page);
  await page.waitForTimeout(ms);
  const after = await readCall(page);
  const received = after.soundReceived - before.soundReceived;
  const lost = after.soundLost - before.soundLost;
  return {
    soundLoss: lost / Math.max(1, received + lost),
    jitter: after.jitter,
    resent: after.resent - before.resent,
    asked: after.asked - before.asked,
    bitsPerSecond: ((after.bytesReceived - before.bytesReceived) * 8000) / (after.at - before.at),
  };
}

/** When the others' pictures moved, in milliseconds since the epoch, to 50 ms. */
export function readMotions(page: Page): Promise<number[]> {
  return page.evaluate('__call.motions()');
}

export interface SocketRecord {
  readonly path: string;
  /** Milliseconds since the epoch. */
  readonly openedAt: number | null;
  readonly closedAt: number | null;
  readonly code: number | null;
}

/** The signalling sockets that the page has opened, in order. */
export async function readSockets(page: Page): Promise<SocketRecord[]> {
  const all = await page.evaluate<SocketRecord[]>('__call.sockets()');
  return all.filter(({ path }) => path === '/xmpp-websocket');
}
