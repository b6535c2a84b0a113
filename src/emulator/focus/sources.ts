import type { Media, MediaSource } from '../bridge/media-source.ts';
import { parseJid } from '../xmpp/jid.ts';
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

/** How many characters it takes to tell somebody. */
export function sizeOf({ announced }: SourceSet): number {
  return MEDIA.flatMap(media => announced[media]).reduce((sum, each) => sum + each.toString().length, 0);
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
    .filter(source => isSsrc(ssrcOf(source)) && isOwn(source, owner));
  const listed = new Set(elements.map(ssrcOf));
  // A group that names other sources could make somebody else's a layer of this one.
  const groups = description
    .getChildren('ssrc-group', NS.sources)
    .filter(group => ssrcsOf(group).every(ssrc => listed.has(ssrc)));
  const placeOf = placesIn(groups);
  const sources = elements.map(source => ({
    ...placeOf(ssrcOf(source)),
    ssrc: ssrcOf(source),
    media,
    name: source.attrs.name,
    type: source.attrs.videoType === 'desktop' ? ('desktop' as const) : ('camera' as const),
  }));
  const hidden = new Set(sources.filter(({ layer }) => layer > 0).map(({ ssrc }) => ssrc));
  const announced = [
    ...elements.filter(source => !hidden.has(ssrcOf(source))).map(source => withOwner(source, owner)),
    ...groups.filter(group => isShown(group, hidden)).map(copyOf),
  ];
  return { sources, announced: { ...NO_SOURCES.announced, [media]: announced } };
}

type Place = Pick<MediaSource, 'announced' | 'layer' | 'repeats'>;

/**
 * Where a source belongs: lib-jitsi-meet lists simulcast layers in rising order, and pairs each with its
 * retransmissions. The others are told of the smallest layer only, under which the bridge sends whichever fits.
 */
function placesIn(groups: readonly Stanza[]): (ssrc: number) => Place {
  const places = new Map<number, Place>();
  for (const layers of groupsOf(groups, 'SIM'))
    for (const [layer, ssrc] of layers.entries())
      places.set(ssrc, { announced: layers[0] ?? ssrc, layer, repeats: null });
  const placeOf = (ssrc: number) => places.get(ssrc) ?? { announced: ssrc, layer: 0, repeats: null };
  for (const [original, retransmission] of groupsOf(groups, 'FID'))
    if (original !== undefined && retransmission !== undefined)
      places.set(retransmission, { ...placeOf(original), repeats: original });
  return placeOf;
}

function groupsOf(groups: readonly Stanza[], semantics: string): number[][] {
  return groups.filter(group => group.attrs.semantics === semantics).map(ssrcsOf);
}

function isShown(group: Stanza, hidden: ReadonlySet<number>): boolean {
  return group.attrs.semantics !== 'SIM' && !ssrcsOf(group).some(ssrc => hidden.has(ssrc));
}

/** 32 bits (RFC 3550, 5.1). */
function isSsrc(ssrc: number): boolean {
  return Number.isInteger(ssrc) && ssrc >= 0 && ssrc < 2 ** 32;
}

// Sources are known by name, `<nickname>-v0`: under another's it would take that one's place.
function isOwn({ attrs: { name } }: Stanza, owner: string): boolean {
  return name === undefined || owner === '' || name.startsWith(`${parseJid(owner).resource}-`);
}

// lib-jitsi-meet finds the participant of a track by this owner, and drops tracks without one.
function withOwner(source: Stanza, owner: string): Stanza {
  const copy = copyOf(source);
  copy.remove('ssrc-info', NS.jitmeet);
  copy.cnode(el('ssrc-info', { xmlns: NS.jitmeet, owner }));
  return copy;
}

function ssrcOf(source: Stanza): number {
  return Number(source.attrs.ssrc);
}

function ssrcsOf(group: Stanza): number[] {
  return group.getChildren('source').map(ssrcOf);
}
