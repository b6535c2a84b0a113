import { nameCandidate } from '../../explain/explain-ice.ts';
import type { Evidence, PersonEvidence } from '../evidence.ts';
import type { Candidate, CandidatePair, RawConnection } from '../sample.ts';
import { type Html, html } from './html.ts';
import { renderDot } from './plots.ts';
import { renderScroller, renderSection } from './section.ts';
import { count } from './words.ts';

/** The ways that ICE tried, with the reason where it found none. Open where something is to be read. */
export function renderIce({ people, report }: Evidence): Html | null {
  const told = people.filter(({ connections, reason }) => connections.length > 0 || reason);
  if (told.length === 0) return null;
  return renderSection(
    'ice',
    'Ways to the media',
    html`${told.map(person => renderPerson(person, !report.ok))}`,
  );
}

function renderPerson(person: PersonEvidence, failed: boolean): Html {
  const { name, reason, connections } = person;
  const states = countStates(connections) || 'no connection';
  return html`<details${failed && reason ? html` open` : ''}><summary>${renderDot(person)}${name}: ${states}</summary>
${reason && html`<p class="reason">${reason}.</p>`}
${connections.map((connection, index) => renderConnection(`${name}, connection ${index + 1}`, connection))}</details>`;
}

/** `5 connected, 1 failed`; of one only the state. */
function countStates(connections: readonly RawConnection[]): string {
  const [only, ...more] = connections;
  if (only && more.length === 0) return only.ice;
  const counts = new Map<string, number>();
  for (const { ice } of connections) counts.set(ice, (counts.get(ice) ?? 0) + 1);
  return [...counts].map(([state, number]) => `${number} ${state}`).join(', ');
}

function renderConnection(name: string, connection: RawConnection): Html {
  const { state, ice, pairs, local, remote } = connection;
  const words = `${count(local.length, 'candidate')} here, ${remote.length} there; connection ${state}, ICE ${ice}`;
  const rows = pairs.map(pair => renderPair(pair, local, remote));
  const table = html`<table class="log"><thead><tr><th scope="col">Here</th><th scope="col">There</th><th scope="col">State</th><th scope="col">In use</th><th scope="col" class="number">Checks</th><th scope="col" class="number">Answers</th><th scope="col" class="number">Bytes</th></tr></thead><tbody>${rows}</tbody></table>`;
  const unpaired = rows.length === 0 && [...local, ...remote].map(nameCandidate).join(', ');
  return html`<p class="quiet">${words}</p>${rows.length > 0 ? renderScroller(`Candidate pairs of ${name}`, table) : unpaired && html`<p>${unpaired}</p>`}`;
}

function renderPair(pair: CandidatePair, local: readonly Candidate[], remote: readonly Candidate[]): Html {
  const { state, nominated, requestsSent, responsesReceived, bytes } = pair;
  return html`<tr class="${state === 'failed' ? 'bad' : ''}"><td>${nameOf(pair.local, local)}</td><td>${nameOf(pair.remote, remote)}</td><td>${state}</td><td>${nominated ? 'yes' : 'no'}</td><td class="number">${requestsSent}</td><td class="number">${responsesReceived}</td><td class="number">${bytes}</td></tr>`;
}

function nameOf(id: string, candidates: readonly Candidate[]): string {
  const candidate = candidates.find(known => known.id === id);
  return candidate ? nameCandidate(candidate) : 'unknown';
}
