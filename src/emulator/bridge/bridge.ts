import { createCertificate, type Fingerprint } from './certificate.ts';
import { type BridgeConference, createConference } from './conference.ts';
import { openUdpPort } from './udp-port.ts';

/** The media side of the emulator: one UDP port, one certificate, a conference per room. */
export interface Bridge {
  readonly address: string;
  readonly port: number;
  readonly fingerprint: Fingerprint;
  openConference(): BridgeConference;
  close(): Promise<void>;
}

/** Opens the bridge on a free UDP port of `host`, an IP address. */
export async function openBridge(host: string): Promise<Bridge> {
  const [port, certificate] = await Promise.all([openUdpPort(host), createCertificate()]);
  return {
    address: port.address,
    port: port.port,
    fingerprint: certificate.fingerprint,
    openConference: () => createConference(port, certificate),
    close: () => port.close(),
  };
}
