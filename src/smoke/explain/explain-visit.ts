import { redactText } from '../evidence/redact.ts';
import type { Stage } from '../pages/visit.ts';
import type { Snapshot } from '../people/snapshot.ts';
import { explainConnection } from './explain-media.ts';

export interface StuckVisit {
  readonly name: string;
  readonly stage: Stage;
  /** The selector that was given for joining. */
  readonly join: string | undefined;
  /** What buttons and links on the page say. */
  readonly controls: readonly string[];
  readonly snapshot: Snapshot | null;
  readonly pageErrors: readonly string[];
  /** Hosts that the page asked in vain. */
  readonly unreachable: readonly string[];
  /** What the page tells its user, as an alert or a status; '' for nothing. */
  readonly says: string;
  /** Requests that were answered with an error, as 'POST https://host/token answered 403'. */
  readonly refused: readonly string[];
}

/** Says where somebody got stuck on the way into a page that is not ours. Pure. */
export function explainVisit(visit: StuckVisit): string {
  const [thrown] = visit.pageErrors;
  const also = [
    ...(visit.says ? [`the page says "${redactText(visit.says)}"`] : []),
    ...visit.refused.slice(-1),
    ...visit.unreachable.slice(0, 1).map(describeUnreachable),
    ...(thrown === undefined ? [] : [`the page threw: ${redactText(thrown.split('\n', 1)[0] ?? '')}`]),
  ];
  return [reasonFor(visit), ...also].join('; ');
}

function describeUnreachable(host: string): string {
  const cloud = /\.cometchat\.io$/i.test(host);
  return `it asked ${host}, which cannot be reached from here${cloud ? '; --emulate leads it to the emulator' : ''}`;
}

/** In brackets: what there is instead. Pure. */
export function describeControls(controls: readonly string[]): string {
  return controls.length === 0
    ? ' (the page shows no button)'
    : ` (the page has ${controls.map(text => `"${text}"`).join(', ')})`;
}

function reasonFor({ name, stage, join, controls, snapshot }: StuckVisit): string {
  switch (stage.name) {
    case 'opening':
      return `${name}'s page did not begin to load`;
    case 'filling':
      return `nothing on ${name}'s page matches --fill ${stage.selector}, or it cannot be filled`;
    case 'looking':
      return `${explainNoWayIn(name, join)}${describeControls(controls)}`;
    default:
      return snapshot ? explainSilence(name, stage, snapshot) : `${name}'s page does not answer any more`;
  }
}

function explainNoWayIn(name: string, join: string | undefined): string {
  if (join !== undefined) return `nothing on ${name}'s page matches --join ${join}, or it cannot be pressed`;
  return `${name}'s page asked for no camera by itself, and shows no button to join that is known; name it with --join SELECTOR`;
}

function explainSilence(name: string, stage: Stage, snapshot: Snapshot): string {
  const { cameraRequests, connections, sockets } = snapshot;
  const start =
    stage.name === 'pressed' ? `${name} pressed "${stage.label}"` : `${name}'s page began by itself`;
  const refused = cameraRequests.find(({ granted }) => granted === false);
  if (connections.length > 0)
    return `${name} never connected: ${explainConnection(name, snapshot) ?? 'no reason shows'}`;
  if (refused) return `${start}, but the browser answered ${refused.error} to its request for a camera`;
  const lost = sockets.find(({ closeCode }) => closeCode !== null && closeCode > 1001);
  if (lost) return `${start}, but its socket ${lost.url} was closed with ${lost.closeCode}`;
  if (cameraRequests.length === 0)
    return `${start}, but the page neither asked for a camera nor opened a connection`;
  return `${start} and has a camera, but the page opened no connection`;
}
