import { createHash, createPrivateKey, createPublicKey, X509Certificate } from 'node:crypto';
import { BlockList, isIPv6 } from 'node:net';
import { AsnConvert } from '@peculiar/asn1-schema';
import { GeneralName, GeneralSubtree, GeneralSubtrees, NameConstraints } from '@peculiar/asn1-x509';
import {
  BasicConstraintsExtension,
  Extension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectKeyIdentifierExtension,
  X509CertificateGenerator,
  X509Certificate as X509Reader,
} from '@peculiar/x509';
import { type Authority, type CertifiedNames, CRYPTO, newSerial, RENEWAL_MS } from './certificate.ts';
import { importKey } from './x509-keys.ts';

const DAY = 86_400_000;
/** A phone that trusts it once shall not be asked again soon; longer than that hardly a machine keeps its name. */
const LIFE = 3 * 365 * DAY;

/** Addresses that mean something on one's own machine or network only (RFC 1918, 3927, 4193, 4291, 6598). */
const PRIVATE = [
  '127.0.0.0/8',
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '169.254.0.0/16',
  '100.64.0.0/10',
  '::1/128',
  'fc00::/7',
  'fe80::/10',
];

const NAME_CONSTRAINTS = '2.5.29.30';

export interface AuthorityOptions {
  readonly key: string;
  /** Besides private addresses, all that it may ever vouch for. */
  readonly names: CertifiedNames;
  /** The machine's name, by which people know it among what they trust. */
  readonly machine: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/**
 * The certificate (PEM) of an authority that can vouch for this machine's names and for private addresses only: whoever
 * trusts it, and loses its key to somebody, still opens no other site to them (RFC 5280, 4.2.1.10).
 */
export async function makeAuthority({ key, names, machine, now }: AuthorityOptions): Promise<string> {
  const keys = await importKey(key);
  const certificate = await X509CertificateGenerator.createSelfSigned(
    {
      serialNumber: newSerial(),
      // Its own among several projects' of one machine.
      name: [{ O: ['meet'] }, { CN: [`meet on ${machine} (${idOf(key)})`] }],
      notBefore: new Date(now - DAY),
      notAfter: new Date(now - DAY + LIFE),
      keys,
      signingAlgorithm: keys.algorithm,
      extensions: [
        new BasicConstraintsExtension(true, 0, true),
        new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
        await SubjectKeyIdentifierExtension.create(keys.publicKey, false, CRYPTO),
        constraintsTo(names),
      ],
    },
    CRYPTO,
  );
  return certificate.toString('pem').trim();
}

/** What is wrong with an authority; null when it can sign. */
export type AuthorityProblem = 'corrupt' | 'foreign' | 'ending' | 'expired' | null;

/** Looks at an authority's certificate and key: `foreign` is one of another key, or none that may sign. */
export function checkAuthority({ key, cert }: Authority, now: number): AuthorityProblem {
  let certificate: X509Certificate;
  try {
    certificate = new X509Certificate(cert);
  } catch {
    return 'corrupt';
  }
  if (!certificate.ca || !certificate.checkPrivateKey(createPrivateKey(key))) return 'foreign';
  const left = Date.parse(certificate.validTo) - now;
  if (left <= 0) return 'expired';
  return left > RENEWAL_MS ? null : 'ending';
}

/** The part of these names that an authority may vouch for. */
export function permittedOf(cert: string, { dns, ip }: CertifiedNames): CertifiedNames {
  const bases = permittedBases(cert);
  if (!bases) return { dns, ip };
  const domains = bases.flatMap(({ dNSName }) => dNSName ?? []);
  const ranges = blockListOf(bases.flatMap(({ iPAddress }) => iPAddress ?? []));
  return {
    dns: dns.filter(name => domains.some(domain => name === domain || name.endsWith(`.${domain}`))),
    ip: ip.filter(address => ranges.check(address, familyOf(address))),
  };
}

/** The domains an authority may vouch for; none where nothing limits it. */
export function permittedDomains(cert: string): string[] {
  return permittedBases(cert)?.flatMap(({ dNSName }) => dNSName ?? []) ?? [];
}

/** SHA-256 of a certificate, as browsers and phones show it: upper-case hexadecimal with colons. */
export function fingerprintOf(cert: string): string {
  return new X509Certificate(cert).fingerprint256;
}

function permittedBases(cert: string): GeneralName[] | null {
  const extension = new X509Reader(cert).getExtension(NAME_CONSTRAINTS);
  if (!extension) return null;
  const { permittedSubtrees } = AsnConvert.parse(extension.value, NameConstraints);
  return [...(permittedSubtrees ?? [])].map(({ base }) => base);
}

function constraintsTo({ dns, ip }: CertifiedNames): Extension {
  const privately = blockListOf(PRIVATE);
  const others = ip.filter(address => !privately.check(address, familyOf(address)));
  const domains = new Set(dns.map(name => name.replace(/^\*\./, '')));
  // A public IPv6 address changes daily, its network hardly ever (RFC 8981).
  const ranges = [
    ...PRIVATE,
    ...others.map(address => (isIPv6(address) ? `${address}/64` : `${address}/32`)),
  ];
  const bases = [
    ...[...domains].map(dNSName => new GeneralName({ dNSName })),
    ...ranges.map(iPAddress => new GeneralName({ iPAddress })),
  ];
  const permittedSubtrees = new GeneralSubtrees(bases.map(base => new GeneralSubtree({ base })));
  return new Extension(
    NAME_CONSTRAINTS,
    true,
    AsnConvert.serialize(new NameConstraints({ permittedSubtrees })),
  );
}

function blockListOf(ranges: readonly string[]): BlockList {
  const list = new BlockList();
  for (const range of ranges) {
    const [network = '', bits = ''] = range.split('/');
    list.addSubnet(network, Number(bits), familyOf(network));
  }
  return list;
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIPv6(address) ? 'ipv6' : 'ipv4';
}

function idOf(key: string): string {
  const spki = createPublicKey(key).export({ type: 'spki', format: 'der' });
  return createHash('sha256').update(spki).digest('hex').slice(0, 8);
}
