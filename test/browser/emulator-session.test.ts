import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type House, openHouse } from './house.ts';
import { readEvents, readOutcome, untilEvent, untilSeen, untilState } from './page-watch.ts';

const GRACE_MS = 8_000;
const PATIENCE = { timeout: 30_000 };

let house: House;

beforeAll(async () => {
  house = await openHouse({}, false, { graceMs: GRACE_MS });
});
afterAll(() => house.close());

async function join(url: string, as: string, beforeJoin = ''): Promise<Page> {
  const page = await house.visit(url, { as });
  if (beforeJoin) {
    await page.waitForFunction('window.CometChatCalls', undefined, PATIENCE);
    await page.evaluate(beforeJoin);
  }
  await page.click('#join');
  await untilState(page, 'joined');
  // A shared screen puts its own room in the place of the call's.
  await page.evaluate('window.call = window.room; undefined');
  return page;
}

/** Two people who see each other. */
async function meet(): Promise<[Page, Page]> {
  const { url } = await house.createMeeting();
  const [alice, bob] = [await join(url, 'alice'), await join(url, 'bob')];
  await Promise.all([untilSeen(alice), untilSeen(bob)]);
  return [alice, bob];
}
const until = (page: Page, condition: string) => page.waitForFunction(condition, undefined, PATIENCE);
const cut = (uid: string, forMs: number | null) =>
  house.emulator.faults.add({
    ...{ kind: 'socket', how: 'clean', which: 'signalling', sessionId: null, uid, forMs },
  });
/** What a page hears in the call from now on. */
const HEAR = `window.heard = [];
  call.on(JitsiMeetJS.events.conference.MESSAGE_RECEIVED, (id, text) => heard.push(text)); undefined`;

describe('somebody else', () => {
  it('mutes one’s microphone and camera', async () => {
    const [alice, bob] = await meet();
    const other = 'call.getParticipants()[0]';
    await alice.evaluate(
      `call.muteParticipant(${other}.getId()); call.muteParticipant(${other}.getId(), 'video')`,
    );
    await until(bob, 'call.getLocalAudioTrack().isMuted() && call.getLocalVideoTrack().isMuted()');
    await until(alice, `${other}.isAudioMuted() && ${other}.isVideoMuted()`);
    await bob.evaluate('call.getLocalAudioTrack().unmute()');
    await until(alice, `!${other}.isAudioMuted()`);
  });

  it('kicks one out, who is told and may join again', async () => {
    const [alice, bob] = await meet();
    await alice.evaluate("call.kickParticipant(call.getParticipants()[0].getId(), 'noise')");
    await untilState(bob, 'left');
    await untilEvent(alice, 'onParticipantLeft');
    await bob.click('#rejoin');
    await untilState(bob, 'joined');
    await untilSeen(alice);
  });

  it('takes another name', async () => {
    const [alice, bob] = await meet();
    await bob.evaluate("call.setDisplayName('Robert')");
    await until(alice, "call.getParticipants()[0].getDisplayName() === 'Robert'");
  });

  it.each([
    ['SDK v4’s way', "call.sendCommand('endSessionForAll', { value: call.myUserId() })"],
    ['lib-jitsi-meet’s way', 'call.end()'],
  ])('ends the session for everybody, %s', async (_name, end) => {
    const [alice, bob] = await meet();
    await alice.evaluate(`${end}; undefined`);
    await untilState(bob, 'left');
  });
});

it('a shared screen with its sound comes as one more, and goes', async () => {
  const [alice, bob] = await meet();
  await bob.evaluate('CometChatCalls.startScreenShare()');
  await untilSeen(alice, 2);
  const screen = 'call.getParticipants().find(one => /Screen/.test(one.getDisplayName()))';
  await until(alice, `${screen}?.getTracks().map(track => track.getType()).sort().join() === 'audio,video'`);
  await bob.evaluate('CometChatCalls.stopScreenShare()');
  await until(alice, `!${screen}`);
  expect((await readOutcome(bob)).state).toBe('joined');
  await untilSeen(alice);
});

it('a voice call sends sound and no picture', async () => {
  const { url } = await house.createMeeting();
  const voiceOnly = `const { prototype } = CometChatCalls.CallSettingsBuilder; const { build } = prototype;
    prototype.build = function () { return build.call(this.setIsAudioOnlyCall(true)); }; undefined`;
  const alice = await join(url, 'alice', voiceOnly);
  await join(url, 'bob', voiceOnly);
  await until(
    alice,
    "call.getParticipants()[0]?.getTracks().map(track => track.getType()).join() === 'audio'",
  );
  expect(await alice.evaluate('call.getLocalVideoTrack() ?? null')).toBeNull();
});

it.each(['file', 'stream'])('recording to a %s is refused in words the SDK knows', async mode => {
  const { url } = await house.createMeeting();
  const alice = await join(url, 'alice');
  const told = `new Promise(resolve => {
    call.on(JitsiMeetJS.events.conference.RECORDER_STATE_CHANGED, session => resolve(session.getError()));
    call.startRecording({ mode: '${mode}', streamId: 'key' }).catch(() => {});
  })`;
  expect(await alice.evaluate(told)).toBe('service-unavailable');
});

it('SDK v4 shows that recording does not start, and goes on with the call', async () => {
  const { url } = await house.createMeeting();
  const alice = await join(url, 'alice');
  await alice.evaluate('CometChatCalls.startRecording()');
  await until(alice, "document.getElementById('call').innerText.includes('Trying to start recording')");
  expect(await readEvents(alice)).not.toContain('onRecordingStarted');
});

describe('a lost signalling socket', () => {
  it('comes back: the picture never stopped, nobody was gone, and what was said meanwhile arrives', async () => {
    const [alice, bob] = await meet();
    await Promise.all([alice, bob].map(page => page.evaluate(HEAR)));
    cut('bob', null);
    await alice.evaluate("call.sendTextMessage('meanwhile')");
    await Promise.all([untilSeen(alice), untilSeen(bob)]);
    await until(bob, "heard.includes('meanwhile')");
    await bob.evaluate("call.sendTextMessage('thanks')");
    await until(alice, "heard.includes('thanks')");
    expect(await readEvents(alice)).not.toContain('onParticipantLeft');
    expect((await readOutcome(bob)).state).toBe('joined');
  });

  it('that does not come back within the grace makes its owner leave', async () => {
    const [alice] = await meet();
    cut('bob', 60_000);
    await untilEvent(alice, 'onParticipantLeft');
    house.emulator.faults.clear();
    expect((await readOutcome(alice)).state).toBe('joined');
  });
});

it('media that stopped for long comes back over a fresh transport', async () => {
  const [alice, bob] = await meet();
  await bob.evaluate(`window.restarts = 0;
    call.on(JitsiMeetJS.events.conference._MEDIA_SESSION_STARTED, () => { restarts += 1; }); undefined`);
  house.emulator.faults.add({
    ...{ kind: 'outage', direction: 'both', sessionId: null, uid: 'bob', forMs: 22_000 },
  });
  await until(bob, 'restarts > 0');
  await Promise.all([untilSeen(alice), untilSeen(bob)]);
}, 90_000);

it('a full room says so to the one who is too many', async () => {
  const small = await openHouse({}, false, { maxOccupants: 1 });
  try {
    const { url } = await small.createMeeting();
    const alice = await small.visit(url, { as: 'alice' });
    await alice.click('#join');
    await untilState(alice, 'joined');
    // SDK v4 puts its room here before it enters it.
    const listen = `let room;
      Object.defineProperty(window, 'room', {
        configurable: true,
        get: () => room,
        set: value => { room = value; room?.on?.('conference.failed', name => { window.refusal = name; }); },
      });`;
    const bob = await small.visit(url, { as: 'bob', prepare: page => page.addInitScript(listen) });
    await bob.click('#join');
    await untilState(bob, 'failed');
    expect(await bob.evaluate('refusal')).toBe('conference.max_users');
    expect((await readOutcome(alice)).state).toBe('joined');
  } finally {
    await small.close();
  }
});
