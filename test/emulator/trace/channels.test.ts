import { beforeEach, expect, it } from 'vitest';
import { createChannels, type Place } from '../../../src/emulator/channel/channels.ts';
import { traceChannels } from '../../../src/emulator/trace/channels.ts';
import { createTrace } from '../../../src/emulator/trace/trace.ts';

let place: () => Place;
let told: string[];

beforeEach(() => {
  const channels = createChannels(() => 0);
  const conference = channels.openConference();
  const handlers = { onConstraints() {}, onVideoType() {} };
  const { path } = conference.admit('a1', { sessionId: 'team', uid: 'alice' }, handlers);
  const [, , conferenceId = ''] = path.split('/');
  const trace = createTrace({ now: () => 0 });
  const traced = traceChannels(channels, trace.emit);
  expect(traced.find(conferenceId, 'nobody')).toBeNull();
  // As the gateway does: anew for every socket.
  place = () => traced.find(conferenceId, 'a1') as Place;
  told = [];
  trace.subscribe('team', ({ kind, who, endpoint, seq, at, session, ...detail }) => {
    told.push(`${kind} ${who} ${endpoint} ${JSON.stringify(detail)}`);
  });
});

const wire = () => ({ send() {}, close() {} });

it('a channel that opens and closes is told', () => {
  const [only, at] = [wire(), place()];
  at.attach(only);
  at.detach(only);
  expect(told).toEqual(['channel alice a1 {"state":"open"}', 'channel alice a1 {"state":"closed"}']);
});

it('a socket that another one replaced does not close it', () => {
  const [first, second, before, after] = [wire(), wire(), place(), place()];
  before.attach(first);
  after.attach(second);
  before.detach(first);
  expect(told).toEqual(Array(2).fill('channel alice a1 {"state":"open"}'));
});

it('wishes are told, and no message', () => {
  const at = place();
  const heights = { 'b2-v0': { maxHeight: 720 } };
  at.receive(JSON.stringify({ colibriClass: 'ReceiverVideoConstraints', lastN: 2, constraints: heights }));
  at.receive(JSON.stringify({ colibriClass: 'EndpointMessage', to: '', msgPayload: { text: 'dear all' } }));
  at.receive('no message');
  expect(told).toEqual(['constraints alice a1 {"lastN":2,"maxHeights":{"b2-v0":720}}']);
});
