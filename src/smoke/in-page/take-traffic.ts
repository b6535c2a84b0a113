// What the network does to the call, by the browser's own statistics. Only scenarios ask.
import type { Traffic } from '../people/weather.ts';
import { openConnections } from './connections.ts';

type Entry = RTCStats & Readonly<Record<string, unknown>>;

export async function takeTraffic(): Promise<Traffic> {
  const reports = await Promise.all(openConnections().map(connection => connection.getStats()));
  const entries = reports.flatMap(report => [...report.values()] as Entry[]);
  const ofType = (type: string) => entries.filter(entry => entry.type === type);
  const sound = ofType('inbound-rtp').filter(({ kind }) => kind === 'audio');
  const pairs = ofType('candidate-pair').filter(({ nominated }) => nominated === true);
  return {
    t: Date.now(),
    // No feedback repairs sound, so its losses are the network's.
    soundReceived: sum(sound, 'packetsReceived'),
    soundLost: sum(sound, 'packetsLost'),
    jitterMs: most(sound, 'jitter') * 1000,
    roundTripMs: most(pairs, 'currentRoundTripTime') * 1000,
    bytes: sum(ofType('transport'), 'bytesReceived'),
  };
}

function sum(entries: readonly Entry[], key: string): number {
  return entries.reduce((total, entry) => total + numberOf(entry[key]), 0);
}

function most(entries: readonly Entry[], key: string): number {
  return Math.max(0, ...entries.map(entry => numberOf(entry[key])));
}

function numberOf(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}
