import { parseJid } from '../xmpp/jid.ts';
import { NS } from '../xmpp/namespaces.ts';
import { elementsOf, type Stanza } from '../xmpp/stanza.ts';

/** What a summary says of a stanza; no text of a message is among it. */
export interface StanzaSummary {
  readonly name: string;
  readonly type?: string | undefined;
  /** What it carries, by the name of its element or the end of its namespace. */
  readonly about?: string | undefined;
  /** The action of Jingle (XEP-0166). */
  readonly action?: string | undefined;
  /** A message to one person. */
  readonly private?: true | undefined;
  /** The condition of an error (RFC 6120, 8.3.3). */
  readonly error?: string | undefined;
}

/** Whose texts are states, not what somebody wrote. */
const STATES = /muted$|^SourceInfo$|^videoType$|^jitsi_participant_raisedHand$|^features_/;
const MAX_STATE = 200;

/** Sums up a stanza; null for one that tells nothing: a ping, or that something arrived. */
export function summariseStanza(stanza: Stanza): StanzaSummary | null {
  const { name, attrs } = stanza;
  const [first] = elementsOf(stanza);
  const isAcknowledgement = attrs.type === 'result' && !first;
  if (name === 'iq' && (isAcknowledgement || first?.attrs.xmlns === NS.ping)) return null;
  const isPrivate = name === 'message' && parseJid(attrs.to).resource !== '';
  return {
    name,
    type: attrs.type,
    about: name === 'presence' ? undefined : aboutOf(stanza),
    action: first?.name === 'jingle' ? first.attrs.action : undefined,
    private: isPrivate || undefined,
    error: conditionOf(stanza),
  };
}

/** What somebody said of themselves in a presence, by element. */
export type PresenceState = ReadonlyMap<string, string>;

/** Reads the state that a presence carries. */
export function stateOf(presence: Stanza): PresenceState {
  const muc: readonly string[] = [NS.muc, NS.mucUser];
  return new Map(
    elementsOf(presence)
      .filter(child => !muc.includes(child.attrs.xmlns))
      .map(child => [child.name, child.children.length === 0 ? '' : child.toString()]),
  );
}

/** Names what one presence changed against the last, with the new state where that is one. */
export function changesOf(presence: Stanza, before: PresenceState): string[] {
  const after = stateOf(presence);
  const gone = [...before.keys()].filter(name => !after.has(name)).map(name => `${name} gone`);
  const changed = [...after.keys()].filter(name => after.get(name) !== before.get(name));
  // Found once, not once for each name: a frame has room for fifty thousand, and each search would go through all.
  const texts = new Map(elementsOf(presence).map(child => [child.name, child.getText()]));
  return [...changed.map(name => nameState(name, texts.get(name) ?? '')), ...gone];
}

function nameState(name: string, text: string): string {
  if (!STATES.test(name) || text === '') return name;
  return `${name} ${(name === 'SourceInfo' ? nameSources(text) : text).slice(0, MAX_STATE)}`;
}

/** `{"a1-v0": {"muted": true}}` says: a1-v0 muted. */
function nameSources(json: string): string {
  try {
    const sources = Object.entries<{ muted?: unknown } | null>(JSON.parse(json));
    return sources.map(([name, source]) => (source?.muted === true ? `${name} muted` : name)).join(' ');
  } catch {
    return '';
  }
}

function aboutOf(stanza: Stanza): string | undefined {
  const names = elementsOf(stanza)
    .filter(child => child.name !== 'error')
    .map(child => (child.name === 'query' ? endOf(child.attrs.xmlns) : child.name));
  return names.length > 0 ? names.join(' ') : undefined;
}

function conditionOf(stanza: Stanza): string | undefined {
  const error = stanza.attrs.type === 'error' ? stanza.getChild('error') : undefined;
  return error && elementsOf(error)[0]?.name;
}

function endOf(namespace: string | undefined): string {
  return namespace?.split(/[/:]/).at(-1) ?? 'query';
}
