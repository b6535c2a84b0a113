import { randomInt } from 'node:crypto';
import { createCertificate, type Fingerprint } from './certificate.ts';
import { type BridgeConference, type ConferenceEvents, createConference } from './conference.ts';
import type { Media } from './media-source.ts';
import { openUdpPort } from './udp-port.ts';

/** The media side of the emulator: one UDP port, one certificate, a conference per room. */
export interface Bridge {
  readonly address: string;
  readonly port: number;
  readonly fingerprint: Fingerprint;
  /** The bridge's own RTP sources: it sends no media, but every offer begins with them. */
  readonly ownSources: Readonly<Record<Media, number>>;
  openConference(events?: ConferenceEvents): BridgeConference;
  close(): Promise<void>;
}

/** Opens the bridge on a free UDP port of `host`, an IP address. */
export async function openBridge(host: string): Promise<Bridge> {
  const [port, certificate] = await Promise.all([openUdpPort(host), createCertificate()]);
  const ownSources = { audio: randomInt(1, 2 ** 31), video: randomInt(2 ** 31, 2 ** 32) };
  return {
    address: port.address,
    port: port.port,
    fingerprint: certificate.fingerprint,
    ownSources,
    openConference: events => createConference({ port, certificate, reporter: ownSources.video, events }),
    close: () => port.close(),
  };
}
