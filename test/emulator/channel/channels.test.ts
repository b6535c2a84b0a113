import { beforeEach, describe, expect, it } from 'vitest';
import type { ReceiverConstraints } from '../../../src/emulator/bridge/constraints.ts';
import {
  type ChannelConference,
  type Channels,
  createChannels,
} from '../../../src/emulator/channel/channels.ts';

let channels: Channels;
let conference: ChannelConference;
let now: number;

beforeEach(() => {
  now = 0;
  channels = createChannels(() => now);
  conference = channels.openConference();
});

/** An endpoint with a place; `open` opens its channel, over and over if need be. */
function admit(id: string, to = conference) {
  const constraints: ReceiverConstraints[] = [];
  const types: string[] = [];
  const pass = to.admit(
    id,
    { sessionId: 'stand-up', uid: id },
    {
      onConstraints: wanted => constraints.push(wanted),
      onVideoType: (source, type) => types.push(`${source} ${type}`),
    },
  );
  const [, , conferenceId = ''] = pass.path.split('/');
  const place = () => channels.find(conferenceId, id);
  const open = () => {
    const inbox: Record<string, unknown>[] = [];
    const closed: number[] = [];
    const wire = {
      send: (text: string) => inbox.push(JSON.parse(text)),
      close: (code: number) => closed.push(code),
    };
    place()?.attach(wire);
    const say = (message: object | string) =>
      place()?.receive(typeof message === 'string' ? message : JSON.stringify(message));
    return { inbox, closed, say, drop: () => place()?.detach(wire) };
  };
  return { pass, place, open, constraints, types };
}
const kinds = (inbox: readonly Record<string, unknown>[]) => inbox.map(({ colibriClass }) => colibriClass);
const change = (dominant: string | null) => ({ dominant, previous: [], silence: false });

describe("a conference's channels", () => {
  it('have an address each, with a password nobody can guess', () => {
    const [alice, bob] = [admit('alice'), admit('bob')];
    expect(alice.pass.path).toMatch(/^\/colibri-ws\/[0-9a-f]{16}\/alice\?pwd=[\w-]{32}$/);
    expect(alice.pass.path.endsWith(`pwd=${alice.place()?.password}`)).toBe(true);
    expect(alice.place()?.password).not.toBe(bob.place()?.password);
    expect(channels.find('elsewhere', 'alice')).toBeNull();
  });

  it('answer a hello, and nothing that makes no sense', () => {
    const { say, inbox } = admit('alice').open();
    for (const text of ['{', '{"colibriClass":"Nonsense"}', '{"colibriClass":"LastNChangedEvent"}'])
      expect(say(text)).toBe(true);
    say({ colibriClass: 'ClientHello' });
    expect(kinds(inbox)).toEqual(['ServerHello']);
  });

  it('put constraints together from what comes bit by bit', () => {
    const alice = admit('alice');
    const { say } = alice.open();
    say({
      colibriClass: 'ReceiverVideoConstraints',
      constraints: { 'bob-v0': { maxHeight: 720 } },
      lastN: 5,
    });
    say({ colibriClass: 'ReceiverVideoConstraints', defaultConstraints: { maxHeight: 90 } });
    say({ colibriClass: 'LastNChangedEvent', lastN: 2 });
    expect(alice.constraints.at(-1)).toMatchObject({
      lastN: 2,
      defaultMaxHeight: 90,
      maxHeights: new Map([['bob-v0', 720]]),
    });
  });

  it('tell what a source shows', () => {
    const alice = admit('alice');
    alice.open().say({ colibriClass: 'SourceVideoTypeMessage', sourceName: 'alice-v0', videoType: 'none' });
    expect(alice.types).toEqual(['alice-v0 none']);
  });
});

describe('a message between endpoints', () => {
  const to = (address: string) => ({
    colibriClass: 'EndpointMessage',
    to: address,
    msgPayload: { hello: 1 },
  });

  it('reaches the one it is for, with the name of who sent it', () => {
    const [alice, bob, carol] = [admit('alice').open(), admit('bob').open(), admit('carol').open()];
    alice.say({ ...to('bob'), from: 'carol' });
    expect(bob.inbox).toEqual([{ ...to('bob'), from: 'alice' }]);
    expect([alice.inbox, carol.inbox]).toEqual([[], []]);
  });

  it('reaches everybody else when it names nobody, as statistics do', () => {
    const [alice, bob, carol] = [admit('alice').open(), admit('bob').open(), admit('carol').open()];
    alice.say(to(''));
    alice.say({ colibriClass: 'EndpointStats', from: 'bob', connectionQuality: 70 });
    for (const { inbox } of [bob, carol])
      expect(inbox).toEqual([
        { ...to(''), from: 'alice' },
        { colibriClass: 'EndpointStats', from: 'alice', connectionQuality: 70 },
      ]);
    expect(alice.inbox).toEqual([]);
  });

  it('never reaches another conference, not even an endpoint of the same name', () => {
    const elsewhere = channels.openConference();
    const [bob, namesake] = [admit('bob', elsewhere).open(), admit('alice', elsewhere).open()];
    const alice = admit('alice').open();
    for (const address of ['bob', 'alice', '']) alice.say(to(address));
    expect([bob.inbox, namesake.inbox]).toEqual([[], []]);
  });

  it('is lost where there is no channel, or nobody', () => {
    const [alice, bob] = [admit('alice').open(), admit('bob')];
    for (const address of ['bob', 'nobody', '__proto__']) expect(alice.say(to(address))).toBe(true);
    expect(bob.open().inbox).toEqual([]);
  });
});

describe('what the bridge tells', () => {
  it('reaches those it is for', () => {
    const [alice, bob] = [admit('alice').open(), admit('bob').open()];
    conference.events.onDominantSpeaker(change('alice'));
    conference.events.onForwarded('alice', ['bob-v0']);
    conference.events.onDemand('bob', { 'bob-v0': 360 });
    expect(kinds(alice.inbox)).toEqual(['DominantSpeakerEndpointChangeEvent', 'ForwardedSources']);
    expect(kinds(bob.inbox)).toEqual(['DominantSpeakerEndpointChangeEvent', 'SenderSourceConstraints']);
  });

  it('waits for a channel that opens late, or again', () => {
    const alice = admit('alice');
    conference.events.onDominantSpeaker(change('alice'));
    conference.events.onForwarded('alice', ['bob-v0']);
    conference.events.onForwarded('alice', ['bob-v0', 'carol-v0']);
    conference.events.onDemand('alice', { 'alice-v0': 360 });
    const first = alice.open();
    first.drop();
    conference.events.onDemand('alice', { 'alice-v0': 720 });
    const second = alice.open();
    expect(first.inbox.at(-1)).toMatchObject({ maxHeight: 360 });
    expect(second.inbox).toMatchObject([
      { dominantSpeakerEndpoint: 'alice' },
      { forwardedSources: ['bob-v0', 'carol-v0'] },
      { sourceName: 'alice-v0', maxHeight: 720 },
    ]);
  });

  it('asks for a height once only', () => {
    const alice = admit('alice').open();
    conference.events.onDemand('alice', { 'alice-v0': 360 });
    conference.events.onDemand('alice', { 'alice-v0': 360, 'alice-v1': 720 });
    expect(alice.inbox.map(({ sourceName }) => sourceName)).toEqual(['alice-v0', 'alice-v1']);
  });

  it('has no word for a conference in which nobody speaks any more', () => {
    const alice = admit('alice').open();
    conference.events.onDominantSpeaker(change('bob'));
    conference.events.onDominantSpeaker(change(null));
    expect(alice.inbox).toHaveLength(1);
    expect(admit('carol').open().inbox).toEqual([]);
  });

  it('of nobody present is lost', () => {
    conference.events.onForwarded('nobody', []);
    conference.events.onDemand('nobody', {});
    expect(admit('nobody').open().inbox).toEqual([]);
  });
});

describe('a place', () => {
  it('has one channel: a new one takes the place of the old', () => {
    const alice = admit('alice');
    const [first, second] = [alice.open(), alice.open()];
    first.drop();
    conference.events.onDominantSpeaker(change('alice'));
    expect(first.closed).toEqual([4001]);
    expect(first.inbox).toEqual([]);
    expect(second.inbox).toHaveLength(1);
  });

  it('is gone when its endpoint leaves, and its channel with it', () => {
    const alice = admit('alice');
    const { closed } = alice.open();
    alice.pass.close();
    expect(closed).toEqual([1001]);
    expect(alice.place()).toBeNull();
  });

  it('is a new one for an endpoint that is admitted again, with a new password', () => {
    const first = admit('alice');
    const { closed } = first.open();
    const password = first.place()?.password;
    const second = admit('alice');
    expect(closed).toEqual([1001]);
    first.pass.close();
    expect(second.place()?.password).not.toBe(password);
  });

  it('is gone with its conference', () => {
    const alice = admit('alice');
    const { closed } = alice.open();
    conference.close();
    expect(closed).toEqual([1001]);
    expect(alice.place()).toBeNull();
  });

  it('refuses floods, by number and by size, also after dialling again', () => {
    const alice = admit('alice');
    const hello = { colibriClass: 'ClientHello' };
    const { say } = alice.open();
    const burst = Array.from({ length: 300 }, () => say(hello));
    expect(burst.filter(Boolean).length).toBeLessThan(250);
    expect(alice.open().say(hello)).toBe(false);
    now += 60_000;
    const big = { colibriClass: 'EndpointMessage', to: '', msgPayload: 'x'.repeat(60_000) };
    expect(Array.from({ length: 5 }, () => alice.open().say(big))).toEqual([true, true, true, false, false]);
  });
});
