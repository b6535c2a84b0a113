import { beforeEach, describe, expect, it } from 'vitest';
import { answerRequest } from '../../../src/emulator/focus/requests.ts';
import { createRoom, type Room } from '../../../src/emulator/xmpp/room.ts';
import { createClient, gist, ROOM, type TestClient, xml } from '../xmpp/support.ts';

let room: Room;
let bob: TestClient;

beforeEach(() => {
  room = createRoom(ROOM, 0);
  bob = createClient('bob');
  room.enter(createClient('alice'), 'a', xml('<presence/>'));
  room.enter(bob, 'b', xml('<presence/>'));
  bob.take();
});

const ask = (content: string, nick = 'a') => {
  const by = room.occupants.get(nick);
  if (!by) throw new Error(`${nick} is not there`);
  return gist(answerRequest(room, by, xml(`<iq type="set" id="1" to="${ROOM}/focus">${content}</iq>`)));
};
const mute = (media: string, jid: string, text = 'true') =>
  `<mute xmlns="http://jitsi.org/jitmeet/${media}" jid="${jid}">${text}</mute>`;

describe('the focus', () => {
  it.each(['audio', 'video'])('tells somebody to mute %s, and by whose wish', media => {
    expect(ask(mute(media, `${ROOM}/b`))).toBe('iq result');
    const [order] = bob.take();
    const told = order?.getChild('mute', `http://jitsi.org/jitmeet/${media}`);
    expect([order?.attrs.type, order?.attrs.from, order?.attrs.to]).toEqual([
      'set',
      `${ROOM}/focus`,
      bob.jid,
    ]);
    expect([told?.getText(), told?.attrs.actor, told?.attrs.jid]).toEqual(['true', `${ROOM}/a`, `${ROOM}/b`]);
  });

  it('tells nobody to mute by the wish of who only watches', () => {
    room.enter(createClient('viewer', undefined, true), 'v', xml('<presence/>'));
    bob.take();
    expect(ask(mute('audio', `${ROOM}/b`), 'v')).toBe('iq error: not-allowed');
    expect(bob.take()).toEqual([]);
  });

  it.each([
    ['unmutes nobody', mute('audio', `${ROOM}/b`, 'false'), 'not-allowed'],
    ['finds nobody', mute('audio', `${ROOM}/nobody`), 'item-not-found'],
    ['mutes nobody in another room', mute('audio', 'other@conference.x/b'), 'item-not-found'],
    ['mutes nobody who is not named', mute('audio', ''), 'item-not-found'],
    [
      'records nothing',
      '<jibri xmlns="http://jitsi.org/protocol/jibri" action="start" recording_mode="file"/>',
      'service-unavailable',
    ],
    [
      'streams nothing',
      '<jibri xmlns="http://jitsi.org/protocol/jibri" action="start" recording_mode="stream" streamid="k"/>',
      'service-unavailable',
    ],
    [
      'stops no recording',
      '<jibri xmlns="http://jitsi.org/protocol/jibri" action="stop"/>',
      'service-unavailable',
    ],
    [
      'calls no telephone and no transcriber',
      '<dial xmlns="urn:xmpp:rayo:1" to="jitsi_meet_transcribe" from="fromnumber"/>',
      'service-unavailable',
    ],
    ['knows nothing else', '<ping xmlns="urn:xmpp:ping"/>', 'feature-not-implemented'],
  ])('%s', (_name, content, condition) => {
    expect(ask(content)).toBe(`iq error: ${condition}`);
    expect(bob.take()).toEqual([]);
  });

  it('names the condition first, where lib-jitsi-meet looks for it', () => {
    const alice = room.occupants.get('a');
    const jibri = xml(`<iq type="set" id="1"><jibri xmlns="http://jitsi.org/protocol/jibri"/></iq>`);
    const answer = alice && answerRequest(room, alice, jibri);
    expect(answer?.getChild('error')?.children[0]).toMatchObject({ name: 'service-unavailable' });
  });
});
