import type { RtcpFact } from './rtcp-reader.ts';
import {
  encodePli,
  encodeReceiverReport,
  encodeRemb,
  encodeSenderReport,
  type ReportBlock,
} from './rtcp-writer.ts';

/** One RTCP packet on its way to one member. */
export interface Feedback<Member> {
  readonly to: Member;
  readonly packet: Buffer;
}

export interface FeedbackOptions<Member> {
  ownerOf(ssrc: number): Member | undefined;
  sourcesOf(member: Member): readonly number[];
  isForwarded(ssrc: number): boolean;
  receiversOf(member: Member): readonly Member[];
}

export interface FeedbackRouter<Member> {
  route(from: Member, facts: readonly RtcpFact[]): Feedback<Member>[];
  forget(member: Member): void;
}

/**
 * Sends each report and request to whom it concerns and nobody else: sender reports to the receivers; loss,
 * key-frame requests and bandwidth estimates to the source's owner. RTCP from one browser speaks of several
 * senders at once, so it can't be passed on whole.
 */
export function createFeedbackRouter<Member>(options: FeedbackOptions<Member>): FeedbackRouter<Member> {
  /** For each sender what each of its receivers can take: a sender has to serve the slowest. */
  const estimates = new Map<Member, Map<Member, number>>();

  const toOwner = (from: Member, ssrc: number, packet: Buffer): Feedback<Member>[] => {
    const to = options.ownerOf(ssrc);
    return to === undefined || to === from ? [] : [{ to, packet }];
  };
  const routeReport = (from: Member, fact: RtcpFact & { kind: 'report' }): Feedback<Member>[] => {
    const { reporter, senderInfo } = fact;
    const owned = options.ownerOf(reporter) === from && options.isForwarded(reporter);
    const down =
      senderInfo && owned
        ? options.receiversOf(from).map(to => ({ to, packet: encodeSenderReport(reporter, senderInfo) }))
        : [];
    const up = [...groupByOwner(from, fact.blocks)].map(([to, blocks]) => ({
      to,
      packet: encodeReceiverReport(reporter, blocks),
    }));
    return [...down, ...up];
  };
  const groupByOwner = (from: Member, blocks: readonly ReportBlock[]): Map<Member, ReportBlock[]> => {
    const groups = new Map<Member, ReportBlock[]>();
    for (const block of blocks) {
      const owner = options.ownerOf(block.source);
      if (owner === undefined || owner === from) continue;
      groups.set(owner, [...(groups.get(owner) ?? []), block]);
    }
    return groups;
  };
  const routeEstimate = (from: Member, fact: RtcpFact & { kind: 'remb' }): Feedback<Member>[] => {
    const owners = new Set(fact.sources.map(options.ownerOf));
    return [...owners].flatMap(to => {
      if (to === undefined || to === from) return [];
      const known = (estimates.get(to) ?? new Map<Member, number>()).set(from, fact.bitsPerSecond);
      estimates.set(to, known);
      return [{ to, packet: encodeRemb(0, options.sourcesOf(to), Math.min(...known.values())) }];
    });
  };
  const routeFact = (from: Member, fact: RtcpFact): Feedback<Member>[] => {
    switch (fact.kind) {
      case 'report':
        return routeReport(from, fact);
      case 'remb':
        return routeEstimate(from, fact);
      // A full intra request asks for what a picture loss asks for; PLI needs no sequence number of its own.
      case 'fir':
        return fact.sources.flatMap(ssrc => toOwner(from, ssrc, encodePli(0, ssrc)));
      default:
        return toOwner(from, fact.source, fact.packet);
    }
  };

  return {
    route: (from, facts) => facts.flatMap(fact => routeFact(from, fact)),
    forget(member) {
      estimates.delete(member);
      for (const known of estimates.values()) known.delete(member);
    },
  };
}
