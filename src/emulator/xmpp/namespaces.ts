/** XML namespaces on the wire, by the document that defines them. */
export const NS = {
  client: 'jabber:client',
  /** RFC 7395 */
  framing: 'urn:ietf:params:xml:ns:xmpp-framing',
  /** RFC 6120 */
  stream: 'http://etherx.jabber.org/streams',
  streams: 'urn:ietf:params:xml:ns:xmpp-streams',
  stanzas: 'urn:ietf:params:xml:ns:xmpp-stanzas',
  sasl: 'urn:ietf:params:xml:ns:xmpp-sasl',
  bind: 'urn:ietf:params:xml:ns:xmpp-bind',
  /** XEP-0198 */
  management: 'urn:xmpp:sm:3',
  /** XEP-0030, XEP-0199, XEP-0215, XEP-0004 */
  disco: 'http://jabber.org/protocol/disco#info',
  ping: 'urn:xmpp:ping',
  services: 'urn:xmpp:extdisco:2',
  data: 'jabber:x:data',
  /** XEP-0045 */
  muc: 'http://jabber.org/protocol/muc',
  mucUser: 'http://jabber.org/protocol/muc#user',
  mucAdmin: 'http://jabber.org/protocol/muc#admin',
  mucOwner: 'http://jabber.org/protocol/muc#owner',
  /** Jitsi's conference focus (jicofo) and what rides on its Jingle. */
  focus: 'http://jitsi.org/protocol/focus',
  jitmeet: 'http://jitsi.org/jitmeet',
  muteAudio: 'http://jitsi.org/jitmeet/audio',
  muteVideo: 'http://jitsi.org/jitmeet/video',
  jibri: 'http://jitsi.org/protocol/jibri',
  /** XEP-0327 */
  rayo: 'urn:xmpp:rayo:1',
  /** The bridge's own protocol; of it only the address of its channel is told. */
  colibri: 'http://jitsi.org/protocol/colibri',
  /** XEP-0166, 0167, 0176, 0293, 0294, 0320, 0338, 0339 */
  jingle: 'urn:xmpp:jingle:1',
  rtp: 'urn:xmpp:jingle:apps:rtp:1',
  ice: 'urn:xmpp:jingle:transports:ice-udp:1',
  feedback: 'urn:xmpp:jingle:apps:rtp:rtcp-fb:0',
  headerExtension: 'urn:xmpp:jingle:apps:rtp:rtp-hdrext:0',
  dtls: 'urn:xmpp:jingle:apps:dtls:0',
  grouping: 'urn:xmpp:jingle:apps:grouping:0',
  sources: 'urn:xmpp:jingle:apps:rtp:ssma:0',
} as const;
