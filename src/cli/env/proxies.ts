import { type Contains, parseNetworks } from '../../server/networks.ts';

/** The proxies in `MEET_TRUST_PROXY`; undefined: none. Throws `BAD_CONFIG`. */
export function readProxies(text: string | undefined): Contains | undefined {
  const list = text?.split(',').filter(entry => entry.trim() !== '') ?? [];
  return list.length > 0 ? parseNetworks(list, 'MEET_TRUST_PROXY') : undefined;
}
