import { readRtcp } from '../../src/emulator/bridge/rtcp-reader.ts';
import {
  encodePli,
  encodeReceiverReport,
  encodeRemb,
  encodeSenderReport,
} from '../../src/emulator/bridge/rtcp-writer.ts';
import { fuzz } from './fuzz.ts';
import { spoiltBytes } from './mutations.ts';

const block = { source: 2, fractionLost: 9, lost: 9, highest: 9, jitter: 9, lastReport: 9, delay: 9 };
const sent = { seconds: 9, fraction: 9, timestamp: 9, packets: 9, octets: 9 };
const nack = Buffer.from('81cd00030000000000000001000100ff', 'hex');
const fir = Buffer.from('84ce000400000000000000000000000001000000', 'hex');

fuzz(
  'RTCP',
  spoiltBytes([
    encodeSenderReport(1, sent),
    encodeReceiverReport(1, [block, block]),
    encodeRemb(1, [7, 8], 300_000),
    Buffer.concat([encodeReceiverReport(1, [block]), encodePli(1, 2), nack, fir]),
  ]),
  compound => readRtcp(compound),
);
