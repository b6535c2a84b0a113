import { randomInt } from 'node:crypto';
import { createCertificate, type Fingerprint } from './certificate.ts';
import { type BridgeConference, type ConferenceEvents, createConference } from './conference.ts';
import type { Media } from './media-source.ts';
import { openUdpPort } from './udp-port.ts';

/** Where media is taken. */
export interface MediaPlace {
  readonly address: string;
  readonly port: number;
}

/** The media side of the emulator: one UDP port, one certificate, a conference per room. */
export interface Bridge extends MediaPlace {
  /** Takes media on another address of this machine too. */
  listenOn(address: string): Promise<void>;
  /** Where a visitor who came to these addresses of this machine is to send media; by default to the bridge's first. */
  placesFor(reached: readonly string[]): readonly MediaPlace[];
  readonly fingerprint: Fingerprint;
  /** The bridge's own RTP sources: it sends no media, but every offer begins with them. */
  readonly ownSources: Readonly<Record<Media, number>>;
  openConference(events?: ConferenceEvents): BridgeConference;
  close(): Promise<void>;
}

/** Opens the bridge on `host`, an IP address: on the UDP port `wanted`, or any where that is taken or 0. */
export async function openBridge(host: string, wanted = 0): Promise<Bridge> {
  const [port, certificate] = await Promise.all([openUdpPort(host, wanted), createCertificate()]);
  const ownSources = { audio: randomInt(1, 2 ** 31), video: randomInt(2 ** 31, 2 ** 32) };
  return {
    address: port.address,
    port: port.port,
    fingerprint: certificate.fingerprint,
    ownSources,
    listenOn: address => port.listenOn(address),
    placesFor(reached) {
      const places = reached.flatMap(address => port.placeOn(address) ?? []);
      return places.length > 0 ? places : [{ address: port.address, port: port.port }];
    },
    openConference: events => createConference({ port, certificate, reporter: ownSources.video, events }),
    close: () => port.close(),
  };
}
