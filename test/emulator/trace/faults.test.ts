import { beforeEach, expect, it } from 'vitest';
import { createFaults, type Faults } from '../../../src/emulator/faults/faults.ts';
import { traceFaults } from '../../../src/emulator/trace/faults.ts';
import { createTrace, type Trace } from '../../../src/emulator/trace/trace.ts';
import { createFakeClock } from '../faults/fake-clock.ts';
import { networkSpec, outageSpec } from '../faults/specs.ts';

let faults: Faults;
let trace: Trace;
let clock: ReturnType<typeof createFakeClock>;
let told: string[];

beforeEach(() => {
  clock = createFakeClock();
  faults = createFaults({ clock, now: () => 0 });
  trace = createTrace({ now: () => 0 });
  traceFaults(faults, trace);
  told = [];
  trace.subscribe(null, ({ seq, at, session, kind, ...detail }) => {
    told.push(`${session} ${kind} ${JSON.stringify(detail)}`);
  });
});

it('a fault is told when it begins, with what it does, and when it is over', () => {
  faults.add(networkSpec({ sessionId: 'Team', uid: 'alice', direction: 'up', loss: 20, forMs: 2_000 }));
  clock.advance(2_000);
  expect(told).toEqual([
    'team fault {"who":"alice","state":"on","id":"f1","fault":"network","direction":"up","loss":20,"seconds":2}',
    'team fault {"who":"alice","state":"over","id":"f1","fault":"network"}',
  ]);
});

it('one for everybody is told in every session, taken back too', () => {
  for (const session of ['a', 'b']) trace.emit(session, 'join');
  told = [];
  faults.add(outageSpec());
  faults.clear();
  const on = '{"state":"on","id":"f1","fault":"outage","direction":"both"}';
  const over = '{"state":"over","id":"f1","fault":"outage"}';
  expect(told).toEqual([`a fault ${on}`, `b fault ${on}`, `a fault ${over}`, `b fault ${over}`]);
});

it('one before there is any session is told to whoever hears all', () => {
  faults.add(outageSpec());
  expect(told).toEqual([' fault {"state":"on","id":"f1","fault":"outage","direction":"both"}']);
});
