import type { Media, MediaSource } from '../bridge/conference.ts';
import { NS } from '../xmpp/namespaces.ts';
import { copyOf, el, type Stanza } from '../xmpp/stanza.ts';

/** What a participant sends, read from its Jingle description (XEP-0339), and how the others are told of it. */
export interface SourceSet {
  readonly sources: readonly MediaSource[];
  /** `<source>` and `<ssrc-group>` elements for the others, by medium. */
  readonly announced: Readonly<Record<Media, readonly Stanza[]>>;
}

export const MEDIA = ['audio', 'video'] as const satisfies readonly Media[];
export const NO_SOURCES: SourceSet = { sources: [], announced: { audio: [], video: [] } };

/** Reads the sources in a session-accept, source-add or source-remove of the occupant at `owner` (`room/nick`). */
export function readSources(jingle: Stanza, owner: string): SourceSet {
  return jingle
    .getChildren('content')
    .map(content => readContent(content, owner))
    .reduce(joinSources, NO_SOURCES);
}

/** Both sets in one. */
export function joinSources(a: SourceSet, b: SourceSet): SourceSet {
  return {
    sources: [...a.sources, ...b.sources],
    announced: {
      audio: [...a.announced.audio, ...b.announced.audio],
      video: [...a.announced.video, ...b.announced.video],
    },
  };
}

/** The set without these sources, and without groups of them. */
export function withoutSources(set: SourceSet, gone: ReadonlySet<number>): SourceSet {
  const stays = (element: Stanza) =>
    element.name === 'source' ? !gone.has(ssrcOf(element)) : !ssrcsOf(element).some(ssrc => gone.has(ssrc));
  return {
    sources: set.sources.filter(source => !gone.has(source.ssrc)),
    announced: { audio: set.announced.audio.filter(stays), video: set.announced.video.filter(stays) },
  };
}

function readContent(content: Stanza, owner: string): SourceSet {
  const description = content.getChild('description', NS.rtp);
  const media = MEDIA.find(known => known === description?.attrs.media);
  if (!description || !media) return NO_SOURCES;
  const elements = description
    .getChildren('source', NS.sources)
    .filter(source => Number.isInteger(ssrcOf(source)));
  const groups = description.getChildren('ssrc-group', NS.sources);
  const hidden = hiddenLayers(elements, groups);
  const announced = [
    ...elements.filter(source => !hidden.has(ssrcOf(source))).map(source => withOwner(source, owner)),
    ...groups.filter(group => isShown(group, hidden)).map(copyOf),
  ];
  const sources = elements.map(source => ({
    ssrc: ssrcOf(source),
    media,
    forwarded: !hidden.has(ssrcOf(source)),
  }));
  return { sources, announced: { ...NO_SOURCES.announced, [media]: announced } };
}

/**
 * The simulcast layers that nobody gets, with their retransmission streams. A camera sends its three layers in
 * rising order and the lowest is kept, which is all a grid on one machine needs; of a shared screen the highest,
 * or its text could not be read.
 */
function hiddenLayers(elements: readonly Stanza[], groups: readonly Stanza[]): ReadonlySet<number> {
  const hidden = new Set<number>();
  for (const group of groups.filter(group => group.attrs.semantics === 'SIM')) {
    const layers = ssrcsOf(group);
    const isScreen = elements.some(
      source => source.attrs.videoType === 'desktop' && layers.includes(ssrcOf(source)),
    );
    const kept = isScreen ? layers.at(-1) : layers[0];
    for (const layer of layers) if (layer !== kept) hidden.add(layer);
  }
  for (const group of groups.filter(group => group.attrs.semantics === 'FID')) {
    const [original, retransmission] = ssrcsOf(group);
    if (original !== undefined && retransmission !== undefined && hidden.has(original))
      hidden.add(retransmission);
  }
  return hidden;
}

function isShown(group: Stanza, hidden: ReadonlySet<number>): boolean {
  return group.attrs.semantics !== 'SIM' && !ssrcsOf(group).some(ssrc => hidden.has(ssrc));
}

// lib-jitsi-meet finds the participant of a track by this owner, and drops tracks without one.
function withOwner(source: Stanza, owner: string): Stanza {
  const copy = copyOf(source);
  copy.cnode(el('ssrc-info', { xmlns: NS.jitmeet, owner }));
  return copy;
}

function ssrcOf(source: Stanza): number {
  return Number(source.attrs.ssrc);
}

function ssrcsOf(group: Stanza): number[] {
  return group.getChildren('source').map(ssrcOf);
}
