import { platform } from 'node:os';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Bridge, openBridge } from '../../../src/emulator/bridge/bridge.ts';
import { type Channels, createChannels } from '../../../src/emulator/channel/channels.ts';
import { createFaults } from '../../../src/emulator/faults/faults.ts';
import { createFocus, type Focus } from '../../../src/emulator/focus/focus.ts';
import { readSources, withoutSources } from '../../../src/emulator/focus/sources.ts';
import { createRouter, type Router } from '../../../src/emulator/xmpp/router.ts';
import { createSeats } from '../../../src/emulator/xmpp/seats.ts';
import { createClient, gist, ROOM, xml } from '../xmpp/support.ts';
import { audioContent, jingleIq, transportContent, videoContent } from './offers.ts';

type TestClient = ReturnType<typeof createClient>;

/** Linux answers to all of 127.0.0.0/8, and every machine to the first. */
const OTHER = platform() === 'linux' ? '127.0.0.2' : '::1';

let bridge: Bridge;
let channels: Channels;
let focus: Focus;
let router: Router;

beforeEach(async () => {
  bridge = await openBridge('127.0.0.1');
  channels = createChannels(() => 0);
  focus = createFocus({ bridge, channels });
  router = createRouter({ seats: createSeats(() => 0), focus, now: () => 0, maxOccupants: 9 });
});

afterEach(async () => {
  focus.close();
  await bridge.close();
});

const enter = (uid: string, watches = false): TestClient => {
  const client = createClient(uid, undefined, watches);
  router.onStanza(client, xml(`<presence to="${ROOM}/${uid}"/>`));
  return client;
};
const jinglesOf = (client: TestClient) => client.take().flatMap(stanza => stanza.getChildren('jingle'));
const offerTo = (client: TestClient) =>
  jinglesOf(client).find(jingle => jingle.attrs.action === 'session-initiate');
const send = (client: TestClient, action: string, sid: string, contents: string) => {
  router.onStanza(client, xml(jingleIq(ROOM, action, sid, contents)));
  return client.take();
};
const CAMERA = videoContent({ layers: [1, 2, 3], retransmissions: [11, 12, 13] });
const acceptBy = (client: TestClient, contents: string) => {
  const sid = offerTo(client)?.attrs.sid ?? '';
  const answers = send(
    client,
    'session-accept',
    sid,
    contents.replace('</content>', `${transportContent('00:11')}</content>`),
  );
  return { sid, answers };
};
const ssrcsIn = (text: string) =>
  [...text.matchAll(/<source xmlns="[^"]*" ssrc="(\d+)"/g)].map(match => Number(match[1]));

describe('the focus', () => {
  it("offers everybody the bridge's address, certificate and formats", () => {
    const offer = offerTo(enter('alice'))?.toString() ?? '';
    expect(offer).toContain(`port="${bridge.port}"`);
    expect(offer).toContain(bridge.fingerprint.value);
    expect(offer).toContain('name="opus"');
    expect(offer).toContain('name="VP8"');
    expect(offer).toContain('semantics="BUNDLE"');
  });

  it('offers a visitor from the LAN the address that was dialled, loopback to the others', async () => {
    await bridge.listenOn(OTHER);
    let visitors = 0;
    const candidatesOf = (reached: readonly string[]) => {
      visitors += 1;
      const client = Object.assign(createClient(`visitor-${visitors}`), { reached });
      router.onStanza(client, xml(`<presence to="${ROOM}/visitor-${visitors}"/>`));
      const transport = offerTo(client)?.getChild('content')?.getChild('transport');
      return transport?.getChildren('candidate').map(({ attrs }) => attrs) ?? [];
    };
    const place = (ip: string) => ({ ip, port: String(bridge.port) });
    expect(candidatesOf([])).toMatchObject([place('127.0.0.1')]);
    expect(candidatesOf([OTHER])).toMatchObject([place(OTHER)]);
    expect(candidatesOf(['192.0.2.99'])).toMatchObject([place('127.0.0.1')]);
    const both = candidatesOf([OTHER, '127.0.0.1']);
    expect(both).toMatchObject([place(OTHER), place('127.0.0.1')]);
    expect(Number(both[0]?.priority)).toBeGreaterThan(Number(both[1]?.priority));
    expect(new Set(both.map(({ foundation }) => foundation)).size).toBe(2);
  });

  it('offers everybody a bridge channel where their signalling came to, until they leave', () => {
    const alice = enter('alice');
    const transport = offerTo(alice)?.getChild('content')?.getChild('transport');
    const url = new URL(transport?.getChild('web-socket', 'http://jitsi.org/protocol/colibri')?.attrs.url);
    expect(url.origin).toBe(alice.base);
    const [, , conferenceId = ''] = url.pathname.split('/');
    expect(channels.find(conferenceId, 'alice')?.password).toBe(url.searchParams.get('pwd'));
    router.onEnd(alice);
    expect(channels.find(conferenceId, 'alice')).toBeNull();
  });

  it('knows of nobody’s media before the bridge has heard any', () => {
    expect(focus.silenceOf(enter('alice'))).toBeNull();
    expect(focus.silenceOf(createClient('stranger'))).toBeNull();
  });

  it('begins every offer with sources of the bridge, whose media sections nobody takes away', () => {
    const alice = enter('alice');
    acceptBy(alice, audioContent(7) + CAMERA);
    const offer = offerTo(enter('bob'));
    const firsts = offer
      ?.getChildren('content')
      .map(content => content.getChild('description')?.getChild('source'));
    expect(firsts?.map(source => [source?.attrs.ssrc, source?.getChild('ssrc-info')?.attrs.owner])).toEqual([
      [String(bridge.ownSources.audio), 'jvb'],
      [String(bridge.ownSources.video), 'jvb'],
    ]);
  });

  it('tells those present of new sources, and newcomers in their offer, under the owner', () => {
    const [alice, bob] = [enter('alice'), enter('bob')];
    expect(acceptBy(alice, audioContent(7) + CAMERA).answers.map(gist)).toEqual(['iq result']);
    const added =
      jinglesOf(bob)
        .find(jingle => jingle.attrs.action === 'source-add')
        ?.toString() ?? '';
    expect(ssrcsIn(added)).toEqual([7, 1, 11]);
    expect(added).toContain(`owner="${ROOM}/alice"`);
    const { audio, video } = bridge.ownSources;
    expect(ssrcsIn(offerTo(enter('carol'))?.toString() ?? '')).toEqual([audio, 7, video, 1, 11]);
  });

  it('tells of a source once, however often its owner does', () => {
    const [alice, bob] = [enter('alice'), enter('bob')];
    const { sid } = acceptBy(alice, audioContent(7) + CAMERA);
    const before = offerTo(enter('carol'))?.toString().length ?? 0;
    bob.take();
    send(alice, 'source-add', sid, audioContent(7) + CAMERA);
    expect(jinglesOf(bob)).toEqual([]);
    expect(offerTo(enter('david'))?.toString().length).toBe(before + 'david'.length - 'carol'.length);
  });

  it('keeps and tells no more of one than a few devices take', () => {
    const [alice, bob] = [enter('alice'), enter('bob')];
    const { sid } = acceptBy(alice, audioContent(7));
    bob.take();
    const bulky = audioContent(8).replace('value="m"', `value="${'m'.repeat(70_000)}"`);
    expect(send(alice, 'source-add', sid, bulky).map(gist)).toEqual(['iq result']);
    expect(jinglesOf(bob)).toEqual([]);
    expect(ssrcsIn(offerTo(enter('carol'))?.toString() ?? '')).not.toContain(8);
  });

  it('tells the others when sources come and go, and when their owner leaves', () => {
    const [alice, bob] = [enter('alice'), enter('bob')];
    const { sid } = acceptBy(alice, audioContent(7) + CAMERA);
    bob.take();
    const screen = videoContent({ layers: [21], retransmissions: [22], screen: true });
    send(alice, 'source-add', sid, screen);
    send(alice, 'source-remove', sid, screen);
    router.onEnd(alice);
    expect(jinglesOf(bob).map(jingle => [jingle.attrs.action, ssrcsIn(jingle.toString())])).toEqual([
      ['source-add', [21, 22]],
      ['source-remove', [21, 22]],
      ['source-remove', [7, 1, 11]],
    ]);
  });

  it('announces no source of who only watches, neither to those present nor to newcomers', () => {
    const [alice, viewer] = [enter('alice'), enter('viewer', true)];
    alice.take();
    const { sid, answers } = acceptBy(viewer, audioContent(7));
    expect(answers.map(gist)).toEqual(['iq result']);
    expect(send(viewer, 'source-add', sid, CAMERA).map(gist)).toEqual(['iq result']);
    expect(jinglesOf(alice)).toEqual([]);
    const { audio, video } = bridge.ownSources;
    expect(ssrcsIn(offerTo(enter('carol'))?.toString() ?? '')).toEqual([audio, video]);
  });

  it("announces nobody's source under another name", () => {
    const [alice, bob] = [enter('alice'), enter('bob')];
    acceptBy(alice, audioContent(7));
    alice.take();
    acceptBy(bob, audioContent(7) + videoContent({ layers: [31], retransmissions: [32] }));
    expect(jinglesOf(alice).map(jingle => ssrcsIn(jingle.toString()))).toEqual([[31, 32]]);
  });

  it("lets nobody remove another's source", () => {
    const [alice, bob] = [enter('alice'), enter('bob')];
    acceptBy(alice, audioContent(7));
    const { sid } = acceptBy(bob, audioContent(8));
    alice.take();
    send(bob, 'source-remove', sid, audioContent(7));
    expect(jinglesOf(alice)).toEqual([]);
  });

  it('ends a session when asked, and opens a new one when asked for that', () => {
    const [alice, bob] = [enter('alice'), enter('bob')];
    const { sid } = acceptBy(alice, audioContent(7));
    bob.take();
    const answers = send(
      alice,
      'session-terminate',
      sid,
      '<bridge-session xmlns="http://jitsi.org/protocol/focus" restart="true"/>',
    );
    const offer = answers.flatMap(stanza => stanza.getChildren('jingle'))[0];
    expect(offer?.attrs.action).toBe('session-initiate');
    expect(offer?.attrs.sid).not.toBe(sid);
    expect(jinglesOf(bob).map(jingle => jingle.attrs.action)).toEqual(['source-remove']);
  });

  it('opens a new session, and ends the old one, when told that ICE has failed', () => {
    const [alice, bob] = [enter('alice'), enter('bob')];
    const { sid } = acceptBy(alice, audioContent(7));
    bob.take();
    const failed = '<ice-state xmlns="http://jitsi.org/protocol/focus">failed</ice-state>';
    const jingles = send(alice, 'session-info', sid, failed).flatMap(stanza => stanza.getChildren('jingle'));
    expect(jingles.map(({ attrs }) => [attrs.action, attrs.sid === sid])).toEqual([
      ['session-terminate', true],
      ['session-initiate', false],
    ]);
    expect(jinglesOf(bob).map(jingle => jingle.attrs.action)).toEqual(['source-remove']);
    expect(send(alice, 'session-info', jingles[1]?.attrs.sid, '').map(gist)).toEqual(['iq result']);
  });

  it('ends without a restart, and then knows the session no more', () => {
    const alice = enter('alice');
    const { sid } = acceptBy(alice, audioContent(7));
    expect(send(alice, 'session-terminate', sid, '').map(gist)).toEqual(['iq result']);
    expect(send(alice, 'source-add', sid, audioContent(8)).map(gist)).toEqual(['iq error: item-not-found']);
  });

  it.each(['transport-info', 'session-info', 'something-new'])(
    'acknowledges %s, which needs nothing done',
    action => {
      const alice = enter('alice');
      const { sid } = acceptBy(alice, audioContent(7));
      expect(send(alice, action, sid, '').map(gist)).toEqual(['iq result']);
    },
  );

  it('refuses an answer without a fingerprint, a foreign session, and what is no Jingle', () => {
    const alice = enter('alice');
    const sid = offerTo(alice)?.attrs.sid ?? '';
    expect(send(alice, 'session-accept', sid, audioContent(7)).map(gist)).toEqual(['iq error: bad-request']);
    expect(send(alice, 'session-accept', 'another', audioContent(7)).map(gist)).toEqual([
      'iq error: item-not-found',
    ]);
    router.onStanza(
      alice,
      xml(`<iq type="get" id="1" to="${ROOM}/focus"><ping xmlns="urn:xmpp:ping"/></iq>`),
    );
    expect(alice.take().map(gist)).toEqual(['iq error: feature-not-implemented']);
  });
});

describe('sources', () => {
  const OWNER = `${ROOM}/alice`;
  const jingle = (contents: string) => xml(`<jingle xmlns="urn:xmpp:jingle:1">${contents}</jingle>`);
  const announced = (contents: string) => {
    const { audio, video } = readSources(jingle(contents), OWNER).announced;
    return [...audio, ...video]
      .filter(({ name }) => name === 'source')
      .map(({ attrs }) => Number(attrs.ssrc));
  };

  it.each([
    ["a camera's smallest layer", CAMERA, [1, 11]],
    [
      "a screen's smallest layer",
      videoContent({ layers: [1, 2], retransmissions: [11, 12], screen: true }),
      [1, 11],
    ],
    ['a single stream', videoContent({ layers: [1], retransmissions: [11] }), [1, 11]],
    ['sound', audioContent(7), [7]],
    ['nothing of an unknown medium', audioContent(7).replace('media="audio"', 'media="smell"'), []],
    ['a source by its own name', audioContent(7, '', 'alice-a0'), [7]],
    ["nothing by somebody else's name", audioContent(7, '', 'bob-a0'), []],
    ['nothing whose number has more than 32 bits', audioContent(2 ** 32), []],
    ['nothing without a number', audioContent(7).replace('ssrc="7"', 'ssrc="seven"'), []],
    ['nothing of an empty content', '<content name="audio"/>', []],
  ])('announce %s', (_name, contents, expected) => {
    expect(announced(contents)).toEqual(expected);
  });

  it('tell the bridge which layer of which track each of them is, and what it repeats', () => {
    const contents = videoContent({ layers: [1, 2], retransmissions: [11, 12] });
    const places = readSources(jingle(contents), OWNER).sources.map(({ ssrc, announced, layer, repeats }) => [
      ssrc,
      announced,
      layer,
      repeats,
    ]);
    expect(places).toEqual([
      [1, 1, 0, null],
      [2, 1, 1, null],
      [11, 1, 0, 1],
      [12, 1, 1, 2],
    ]);
  });

  it("do not become layers of somebody else's", () => {
    const contents = videoContent({ layers: [1, 2], retransmissions: [11, 12] }).replace(
      /<source [^>]*ssrc="1" .*?<\/source>/,
      '',
    );
    const places = readSources(jingle(contents), OWNER).sources.map(({ ssrc, announced }) => [
      ssrc,
      announced,
    ]);
    expect(places).toEqual([
      [2, 2],
      [11, 11],
      [12, 2],
    ]);
  });

  it('belong to who sent them, whatever else they say of their owner', () => {
    const claimed = '<ssrc-info xmlns="http://jitsi.org/jitmeet" owner="bob"/></source>';
    const [source] = readSources(jingle(audioContent(7).replace('</source>', claimed)), OWNER).announced
      .audio;
    expect(source?.getChildren('ssrc-info').map(({ attrs }) => attrs.owner)).toEqual([OWNER]);
  });

  it('leave with their groups', () => {
    const set = withoutSources(readSources(jingle(CAMERA + audioContent(7)), OWNER), new Set([11]));
    expect(set.announced.video.map(element => element.name)).toEqual(['source']);
    expect(set.announced.audio).toHaveLength(1);
  });
});

describe('the focus without a bridge, on purpose', () => {
  it('says so to whom it is refused, in the way lib-jitsi-meet reads, and offers no session', () => {
    const faults = createFaults();
    focus = createFocus({ bridge, faults });
    router = createRouter({ seats: createSeats(() => 0), focus, now: () => 0, maxOccupants: 9 });
    faults.add({ kind: 'bridge', sessionId: null, uid: 'alice', forMs: null });
    const alice = enter('alice');
    const said = alice.take();
    expect(said.flatMap(stanza => stanza.getChildren('jingle'))).toEqual([]);
    const last = said.findLast(stanza => stanza.is('presence'));
    expect(last?.attrs.from).toBe(`${ROOM}/focus`);
    expect(last?.getChild('bridgeNotAvailable')).toBeDefined();
    // By this address the client knows the focus.
    expect(last?.toString()).toContain('jid="focus@auth.');
    expect(offerTo(enter('bob'))).toBeDefined();
    faults.close();
  });
});
