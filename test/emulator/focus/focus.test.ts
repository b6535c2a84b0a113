import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Bridge, openBridge } from '../../../src/emulator/bridge/bridge.ts';
import { createFocus, type Focus } from '../../../src/emulator/focus/focus.ts';
import { readSources, withoutSources } from '../../../src/emulator/focus/sources.ts';
import { createRouter, type Router } from '../../../src/emulator/xmpp/router.ts';
import { createSeats } from '../../../src/emulator/xmpp/seats.ts';
import { createClient, gist, ROOM, xml } from '../xmpp/support.ts';
import { audioContent, jingleIq, transportContent, videoContent } from './offers.ts';

type TestClient = ReturnType<typeof createClient>;

let bridge: Bridge;
let focus: Focus;
let router: Router;

beforeEach(async () => {
  bridge = await openBridge('127.0.0.1');
  focus = createFocus({ bridge });
  router = createRouter({ seats: createSeats(() => 0), focus, now: () => 0, maxOccupants: 9 });
});

afterEach(async () => {
  focus.close();
  await bridge.close();
});

const enter = (uid: string): TestClient => {
  const client = createClient(uid);
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
  [...text.matchAll(/<source [^>]*ssrc="(\d+)"[^>]*name/g)].map(match => Number(match[1]));

describe('the focus', () => {
  it("offers everybody the bridge's address, certificate and formats", () => {
    const offer = offerTo(enter('alice'))?.toString() ?? '';
    expect(offer).toContain(`port="${bridge.port}"`);
    expect(offer).toContain(bridge.fingerprint.value);
    expect(offer).toContain('name="opus"');
    expect(offer).toContain('name="VP8"');
    expect(offer).toContain('semantics="BUNDLE"');
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
  const jingle = (contents: string) => xml(`<jingle xmlns="urn:xmpp:jingle:1">${contents}</jingle>`);
  const forwarded = (contents: string) =>
    readSources(jingle(contents), 'owner')
      .sources.filter(source => source.forwarded)
      .map(source => source.ssrc);

  it.each([
    ["a camera's lowest layer", CAMERA, [1, 11]],
    [
      "a screen's highest layer",
      videoContent({ layers: [1, 2], retransmissions: [11, 12], screen: true }),
      [2, 12],
    ],
    ['a single stream', videoContent({ layers: [1], retransmissions: [11] }), [1, 11]],
    ['sound', audioContent(7), [7]],
    ['nothing of an unknown medium', audioContent(7).replace('media="audio"', 'media="smell"'), []],
    ['nothing without a number', audioContent(7).replace('ssrc="7"', 'ssrc="seven"'), []],
    ['nothing of an empty content', '<content name="audio"/>', []],
  ])('forward %s', (_name, contents, expected) => {
    expect(forwarded(contents)).toEqual(expected);
  });

  it('leave with their groups', () => {
    const set = withoutSources(readSources(jingle(CAMERA + audioContent(7)), 'owner'), new Set([11]));
    expect(set.announced.video.map(element => element.name)).toEqual(['source']);
    expect(set.announced.audio).toHaveLength(1);
  });
});
