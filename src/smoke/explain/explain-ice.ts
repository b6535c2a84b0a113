import type { Candidate, CandidatePair, RawConnection } from '../evidence/sample.ts';

/** Why a connection found no way to the other side, or lost it; null when it has one. Pure. */
export function explainIce(name: string, connection: RawConnection): string | null {
  const { state, ice, local, remote, pairs } = connection;
  if (state === 'connected') return null;
  const chosen = pairs.find(({ nominated }) => nominated);
  if (ice === 'connected' || ice === 'completed')
    return `${name}'s ICE connected, but DTLS stayed '${state}'`;
  if (chosen && chosen.bytes > 0)
    return `${name} was connected to ${placeOf(chosen, remote)}, then nothing came back from there`;
  if (local.length === 0)
    return `${name}'s browser found no address of its own: a policy or a missing network card keeps it from UDP`;
  if (remote.length === 0)
    return `the other side named no address to ${name}: its offer or answer did not come, or had none in it`;
  if (pairs.length === 0) return `${name} has no pair to try: ${kinds(local)} here, ${kinds(remote)} there`;
  return explainPairs(name, connection);
}

function explainPairs(name: string, { pairs, remote, ice }: RawConnection): string {
  const sent = sum(pairs, 'requestsSent');
  const answered = sum(pairs, 'responsesReceived');
  const places = [...new Set(pairs.map(pair => placeOf(pair, remote)))].join(', ');
  if (sent === 0) return `${name}'s ICE is '${ice}': no check was sent to ${places}`;
  if (answered === 0)
    return `${name} sent ${sent} checks to ${places}, and none was answered: a firewall drops UDP, or nothing listens there`;
  return `${name} had ${answered} of ${sent} checks answered by ${places}, but no pair was chosen (ICE '${ice}')`;
}

function placeOf({ remote: id }: CandidatePair, candidates: readonly Candidate[]): string {
  const candidate = candidates.find(known => known.id === id);
  return candidate ? nameCandidate(candidate) : 'an unknown address';
}

/** `127.0.0.1:41223 (udp, host)`; a browser may hide the address. Pure. */
export function nameCandidate({ address, port, protocol, type }: Candidate): string {
  return `${address || 'hidden address'}:${port} (${protocol}, ${type})`;
}

function kinds(candidates: readonly Candidate[]): string {
  return [...new Set(candidates.map(({ type, protocol }) => `${type} over ${protocol}`))].join(' and ');
}

function sum(pairs: readonly CandidatePair[], key: 'requestsSent' | 'responsesReceived'): number {
  return pairs.reduce((total, pair) => total + pair[key], 0);
}
