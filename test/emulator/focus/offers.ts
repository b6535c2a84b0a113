/** What a browser answers and announces, cut down to what the focus reads. */

const SSMA = 'urn:xmpp:jingle:apps:rtp:ssma:0';

export interface VideoAnnouncement {
  readonly layers: readonly number[];
  readonly retransmissions: readonly number[];
  readonly screen?: boolean;
  /** lib-jitsi-meet's name for it, `<nickname>-v0`. */
  readonly name?: string;
}

export function audioContent(ssrc: number, transport = '', name?: string): string {
  return `<content name="audio"><description xmlns="urn:xmpp:jingle:apps:rtp:1" media="audio">${source(ssrc, name)}</description>${transport}</content>`;
}

export function videoContent(
  { layers, retransmissions, screen = false, name }: VideoAnnouncement,
  transport = '',
): string {
  const kind = screen ? 'videoType="desktop"' : 'videoType="camera"';
  const sources = [...layers, ...retransmissions].map(ssrc => source(ssrc, name, kind)).join('');
  const pairs = layers.map((layer, i) => group('FID', [layer, retransmissions[i] ?? 0])).join('');
  const simulcast = layers.length > 1 ? group('SIM', layers) : '';
  return `<content name="video"><description xmlns="urn:xmpp:jingle:apps:rtp:1" media="video">${sources}${simulcast}${pairs}</description>${transport}</content>`;
}

export function transportContent(fingerprint: string): string {
  return `<transport xmlns="urn:xmpp:jingle:transports:ice-udp:1" ufrag="u" pwd="p"><fingerprint xmlns="urn:xmpp:jingle:apps:dtls:0" hash="sha-256" setup="passive">${fingerprint}</fingerprint></transport>`;
}

export function jingleIq(room: string, action: string, sid: string, contents: string): string {
  return `<iq type="set" id="1" to="${room}/focus"><jingle xmlns="urn:xmpp:jingle:1" action="${action}" sid="${sid}">${contents}</jingle></iq>`;
}

function source(ssrc: number, name?: string, attributes = ''): string {
  const named = name === undefined ? '' : `name="${name}"`;
  return `<source xmlns="${SSMA}" ssrc="${ssrc}" ${named} ${attributes}><parameter name="msid" value="m"/></source>`;
}

function group(semantics: string, ssrcs: readonly number[]): string {
  return `<ssrc-group xmlns="${SSMA}" semantics="${semantics}">${ssrcs.map(ssrc => `<source ssrc="${ssrc}"/>`).join('')}</ssrc-group>`;
}
