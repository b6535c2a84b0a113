import type { ReceiverConstraints, VideoType } from '../bridge/constraints.ts';
import type { SpeakerChange } from '../bridge/speaker.ts';

/** What a client said on its bridge channel, as far as it makes sense. */
export type ChannelMessage =
  | { readonly kind: 'hello' }
  /** What it wants from now on; what is absent stays as it was. */
  | { readonly kind: 'constraints'; readonly change: Partial<ReceiverConstraints> }
  | { readonly kind: 'video-type'; readonly source: string; readonly type: VideoType }
  /** For everybody else. */
  | { readonly kind: 'stats'; readonly body: Readonly<Record<string, unknown>> }
  /** For one endpoint, or for everybody else when `to` is empty. */
  | { readonly kind: 'message'; readonly to: string; readonly payload: unknown };

type Body = Readonly<Record<string, unknown>>;
type Change = Partial<ReceiverConstraints> | null;

/** Lists longer than this are nobody's layout. */
const MAX_ENTRIES = 100;
const MAX_NAME_LENGTH = 100;

/**
 * Reads one message of lib-jitsi-meet's bridge channel: JSON with a `colibriClass`. Null for a class that is not known
 * here, which newer clients may send, and for one whose fields are not what they should be.
 */
export function readMessage(text: string): ChannelMessage | null {
  const body = parse(text);
  switch (body?.colibriClass) {
    case 'ClientHello':
      return { kind: 'hello' };
    case 'ReceiverVideoConstraints':
      return asConstraints(readConstraints(body));
    // SDK 4 says it a second time, for bridges from before ReceiverVideoConstraints.
    case 'LastNChangedEvent':
      return asConstraints(readLimit(body.lastN, lastN => ({ lastN })));
    case 'SourceVideoTypeMessage':
      return readVideoType(body);
    case 'EndpointStats':
      return { kind: 'stats', body };
    case 'EndpointMessage':
      return readEndpointMessage(body);
    default:
      return null;
  }
}

function parse(text: string): Body | null {
  try {
    const value: unknown = JSON.parse(text);
    return isBody(value) ? value : null;
  } catch {
    return null;
  }
}

function asConstraints(change: Change): ChannelMessage | null {
  return change && { kind: 'constraints', change };
}

/** By field. Clients from before sources had names speak of endpoints, each of which had one camera. */
const CONSTRAINTS: Readonly<Record<string, (value: unknown) => Change>> = {
  lastN: value => readLimit(value, lastN => ({ lastN })),
  assumedBandwidthBps: value => readLimit(value, assumedBandwidth => ({ assumedBandwidth })),
  defaultConstraints: value => readHeight(value, defaultMaxHeight => ({ defaultMaxHeight })),
  constraints: readHeights,
  onStageEndpoints: value => readNames(value, onStage => ({ onStage })),
  selectedEndpoints: value => readNames(value, selected => ({ selected })),
  onStageSources: value => readNames(value, onStage => ({ onStage })),
  selectedSources: value => readNames(value, selected => ({ selected })),
};

function readConstraints(body: Body): Change {
  const changes = Object.entries(CONSTRAINTS)
    .filter(([field]) => body[field] !== undefined && body[field] !== null)
    .map(([field, read]) => read(body[field]));
  return changes.includes(null) ? null : Object.assign({}, ...changes);
}

function readLimit<T>(value: unknown, then: (limit: number) => T): T | null {
  return typeof value === 'number' && Number.isFinite(value) && value >= -1 ? then(Math.floor(value)) : null;
}

function readHeight<T>(value: unknown, then: (height: number) => T): T | null {
  return isBody(value) ? readLimit(value.maxHeight, then) : null;
}

function readHeights(value: unknown): Change {
  if (!isBody(value)) return null;
  const entries = Object.entries(value);
  const maxHeights = new Map<string, number>();
  for (const [name, limits] of entries)
    if (isName(name)) readHeight(limits, height => maxHeights.set(sourceOf(name), height));
  return entries.length <= MAX_ENTRIES && maxHeights.size === entries.length ? { maxHeights } : null;
}

function readNames(value: unknown, then: (names: string[]) => Change): Change {
  const isList = Array.isArray(value) && value.length <= MAX_ENTRIES && value.every(isName);
  return isList ? then(value.map(sourceOf)) : null;
}

/** `<endpoint id>-v0` is how lib-jitsi-meet names an endpoint's camera. */
function sourceOf(name: string): string {
  return /-[av]\d+$/.test(name) ? name : `${name}-v0`;
}

const VIDEO_TYPES: Readonly<Record<string, VideoType>> = {
  camera: 'camera',
  desktop: 'desktop',
  desktop_high_fps: 'desktop',
  none: 'none',
};

function readVideoType({ sourceName, videoType }: Body): ChannelMessage | null {
  const type =
    isName(videoType) && Object.hasOwn(VIDEO_TYPES, videoType) ? VIDEO_TYPES[videoType] : undefined;
  return isName(sourceName) && type ? { kind: 'video-type', source: sourceName, type } : null;
}

function readEndpointMessage({ to, msgPayload }: Body): ChannelMessage | null {
  const isAddress = to === '' || isName(to);
  return isAddress && msgPayload !== undefined ? { kind: 'message', to, payload: msgPayload } : null;
}

function isBody(value: unknown): value is Body {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && value.length > 0 && value.length <= MAX_NAME_LENGTH;
}

/** The bridge's own messages, as text. What lib-jitsi-meet's BridgeChannel reads of them is all there is in them. */
export const messages = {
  hello: () => text('ServerHello', { version: 'meet' }),
  dominantSpeaker: ({ dominant, previous, silence }: SpeakerChange) =>
    text('DominantSpeakerEndpointChangeEvent', {
      dominantSpeakerEndpoint: dominant,
      previousSpeakers: previous,
      silence,
    }),
  forwarded: (sources: readonly string[]) => text('ForwardedSources', { forwardedSources: sources }),
  demand: (sourceName: string, maxHeight: number) =>
    text('SenderSourceConstraints', { sourceName, maxHeight }),
  /** Whoever wrote `from` into them: it is the sender's, last. */
  stats: (from: string, body: Body) => text('EndpointStats', { ...body, from }),
  message: (from: string, to: string, payload: unknown) =>
    text('EndpointMessage', { to, msgPayload: payload, from }),
};

function text(colibriClass: string, body: object): string {
  return JSON.stringify({ ...body, colibriClass });
}
