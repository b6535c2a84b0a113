import { messages, readMessage } from '../../src/emulator/channel/messages.ts';
import { fuzz } from './fuzz.ts';
import { spoiltText } from './mutations.ts';

const SAMPLES = [
  { colibriClass: 'ClientHello' },
  {
    colibriClass: 'ReceiverVideoConstraints',
    lastN: 5,
    onStageSources: ['a1b2c3d4-v0'],
    selectedSources: ['a1b2c3d4-v1'],
    defaultConstraints: { maxHeight: 180 },
    constraints: { 'a1b2c3d4-v0': { maxHeight: 720 } },
    assumedBandwidthBps: 1e6,
  },
  { colibriClass: 'LastNChangedEvent', lastN: -1 },
  { colibriClass: 'SourceVideoTypeMessage', sourceName: 'a1b2c3d4-v0', videoType: 'desktop' },
  { colibriClass: 'EndpointStats', bitrate: { upload: 1, download: 2 } },
  { colibriClass: 'EndpointMessage', to: '', msgPayload: { deep: [[[{ er: null }]]] } },
].map(message => JSON.stringify(message));
const TOKENS = [
  '{',
  '}',
  '[',
  '[[[[[[[[[[[[',
  ']',
  ':',
  ',',
  '"',
  '\\u0000',
  '1e999',
  '-1',
  'null',
  'true',
  '"__proto__":',
  '"constructor":',
  '"colibriClass":',
  '"lastN":{}',
];

fuzz('JSON of the bridge channel', spoiltText(SAMPLES, TOKENS), text => {
  const message = readMessage(text);
  if (message?.kind === 'stats') JSON.parse(messages.stats('a1b2c3d4', message.body));
  if (message?.kind === 'message') JSON.parse(messages.message('a1b2c3d4', message.to, message.payload));
});
