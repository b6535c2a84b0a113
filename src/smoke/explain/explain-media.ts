import type { ConnectionSnapshot, Snapshot, StreamSnapshot } from '../people/snapshot.ts';

type Medium = StreamSnapshot['media'];

/** A picture or tone that did not reach somebody, with what both pages show. Null: the page does not answer. */
export interface MissingMedium {
  readonly medium: Medium;
  readonly sender: string;
  readonly receiver: string;
  readonly sent: Snapshot | null;
  readonly received: Snapshot | null;
}

/** Says at which point a medium got lost, from the camera to the screen. Pure. */
export function explainMissing(missing: MissingMedium): string {
  const { sender, receiver, sent, received } = missing;
  if (!sent) return `${sender}'s page does not answer any more`;
  if (!received) return `${receiver}'s page does not answer any more`;
  const never = `${receiver} joined, but ${sender}'s ${missing.medium} never arrived`;
  return (
    (missing.medium === 'video' ? explainCamera(sender, sent) : null) ??
    withPrefix(never, explainConnection(sender, sent)) ??
    withPrefix(never, explainConnection(receiver, received)) ??
    withPrefix(never, explainStreams(missing, sent, received)) ??
    explainScreen(missing, received)
  );
}

/** Why a camera is not sending; null when it is. Pure. */
export function explainCamera(name: string, snapshot: Snapshot): string | null {
  if (snapshot.connections.some(({ videoSenders }) => videoSenders > 0)) return null;
  const requests = snapshot.cameraRequests.filter(({ video }) => video);
  const refused = requests.find(({ granted }) => granted === false);
  const started = requests.some(({ granted }) => granted);
  const never = `${name}'s camera never started`;
  if (requests.length === 0) return `${never}: the page did not ask for it`;
  if (refused && !started) return `${never}: the browser answered ${refused.error}`;
  if (!started) return `${never}: the browser did not answer the page's request`;
  return `${name}'s camera started, but its picture was not given to the call`;
}

/** Why somebody has no connection to the backend; null when she has one. Pure. */
export function explainConnection(name: string, { connections, sockets }: Snapshot): string | null {
  const open = connections.filter(({ signaling }) => signaling !== 'closed');
  const [last] = open.slice(-1);
  if (last) return explainState(name, last);
  const socket = sockets.at(-1);
  if (!socket) return `${name}'s page opened no signalling socket`;
  if (socket.state === 'open') return `${name}'s signalling is open, but no media was offered`;
  const code = socket.closeCode === null ? '' : ` with ${socket.closeCode}`;
  return `${name}'s signalling socket ${socket.url} is ${socket.state}${code}`;
}

function explainState(name: string, { ice, state }: ConnectionSnapshot): string | null {
  if (state === 'connected') return null;
  if (ice === 'connected' || ice === 'completed')
    return `${name}'s ICE connected, but DTLS stayed '${state}'`;
  return `${name}'s ICE stayed '${ice}'`;
}

function explainStreams(missing: MissingMedium, sent: Snapshot, received: Snapshot): string | null {
  const { medium, sender, receiver } = missing;
  const out = streams(sent, 'outbound', medium);
  const into = streams(received, 'inbound', medium);
  if (sum(out, 'bytes') === 0) return `${sender} is connected, but sent no ${medium}`;
  if (into.length === 0) return `the backend never announced it to ${receiver}`;
  if (sum(into, 'bytes') === 0) return `it was announced to ${receiver}, but no packet came`;
  if (medium === 'video' && sum(into, 'frames') === 0)
    return `packets come to ${receiver}, but no frame decodes`;
  return null;
}

function explainScreen({ medium, sender, receiver }: MissingMedium, received: Snapshot): string {
  if (medium === 'audio' && received.unplayed.length > 0)
    return `${receiver} gets ${sender}'s tone, but the page plays it to nobody: it is muted, paused, at volume 0, or in no element`;
  if (medium === 'audio') return `${receiver} gets audio, but does not hear ${sender}'s tone in it`;
  if (received.sights.length === 0) return `${receiver} decodes video, but no <video> shows it`;
  const hues = received.sights.map(({ hue }) => (hue === null ? 'no colour' : `hue ${hue}`));
  return `${receiver} sees ${hues.join(' and ')} where ${sender}'s moving picture should be`;
}

function streams(snapshot: Snapshot, way: 'inbound' | 'outbound', medium: Medium): StreamSnapshot[] {
  return snapshot.connections.flatMap(connection => connection[way]).filter(({ media }) => media === medium);
}

function sum(list: readonly StreamSnapshot[], key: 'bytes' | 'frames'): number {
  return list.reduce((total, stream) => total + stream[key], 0);
}

function withPrefix(prefix: string, reason: string | null): string | null {
  return reason === null ? null : `${prefix}: ${reason}`;
}
