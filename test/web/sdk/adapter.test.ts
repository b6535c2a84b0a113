import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createV4Sdk } from '../../../web/sdk/adapter.ts';
import { RELEASE_MS, type SdkEvent, type SessionSettings } from '../../../web/sdk/types.ts';
import { createFakePage, createFakeV4 } from './fake-v4.ts';

const alice = { uid: 'alice', name: 'Alice' };
const bob = { uid: 'bob', name: 'Bob' };
const EVENTS: SdkEvent[] = [
  'onSessionJoined',
  'onSessionLeft',
  'onSessionTimedOut',
  'onConnectionLost',
  'onConnectionRestored',
  'onConnectionClosed',
  'onConnectionFailed',
  'onLeaveSessionButtonClicked',
  'onParticipantJoined',
  'onParticipantLeft',
  'onAudioMuted',
  'onAudioUnMuted',
  'onParticipantAudioMuted',
  'onParticipantAudioUnmuted',
];

function start(settings: SessionSettings = {}) {
  const { calls, done, handlers } = createFakeV4();
  const { page, state, moves } = createFakePage(done);
  const sdk = createV4Sdk(calls, alice, page);
  const heard: string[] = [];
  for (const name of EVENTS) sdk.addEventListener(name, () => heard.push(name));
  const container = { isConnected: true, childElementCount: 0 };
  const result = sdk.joinSession('call token', settings, container as unknown as HTMLElement);
  const v4 = handlers.current;
  if (!v4) throw new Error('the session was not started');
  return { sdk, v4, heard, done, state, moves, container, result };
}

function joined() {
  const started = start();
  started.container.childElementCount = 1;
  started.v4.onUserJoined({ ...alice, joinnedAt: Date.now() });
  started.heard.length = 0;
  started.done.length = 0;
  return started;
}

describe('SDK v4 with v5’s names', () => {
  it('takes its own arrival, and nobody else’s, for the join', async () => {
    const { v4, heard, result } = start();
    v4.onUserJoined({ ...bob, joinnedAt: Date.now() });
    v4.onUserJoined({ ...alice, joinnedAt: String(Date.now() - 60_000) });
    expect(heard).toEqual(['onParticipantJoined', 'onParticipantJoined']);
    v4.onUserJoined({ ...alice, joinnedAt: String(Date.now()) });
    expect(heard.at(-1)).toBe('onSessionJoined');
    expect(await result).toEqual({ data: undefined, error: null });
  });

  it('resolves with the error that v4 only tells its listener', async () => {
    const { v4, heard, result } = start();
    v4.onError({ code: 'AUTH_ERR_AUTH_TOKEN_NOT_FOUND', message: 'no' });
    expect(await result).toMatchObject({ data: null, error: { code: 'AUTH_ERR_AUTH_TOKEN_NOT_FOUND' } });
    expect(heard).toEqual(['onConnectionFailed']);
  });

  it('resolves with the error that v4 only shows', async () => {
    const { state, moves, result } = start();
    state.failure = { code: 'CONNECTION_FAILED', message: "Couldn't connect, something went wrong!" };
    moves.look();
    expect(await result).toMatchObject({ error: { code: 'CONNECTION_FAILED' } });
  });

  it('takes nothing of `{}`, and each setting where v4 has a place for it', () => {
    expect(start().done).toEqual(['startSession']);
    const { v4, done } = start({
      startAudioMuted: true,
      startVideoPaused: true,
      videoInputDeviceId: 'front',
      audioOutputDeviceId: 'headset',
    });
    expect(done).toEqual([
      'startAudioMuted true',
      'startVideoPaused true',
      'videoInputDeviceId front',
      'audioOutputDeviceId headset',
      'startWithAudioMuted true',
      'startWithVideoMuted true',
      'startSession',
    ]);
    // A speaker is known to v4 only when it has looked around, in the room.
    v4.onMediaDeviceListUpdated();
    expect(done).not.toContain('setAudioOutputDevice headset');
    v4.onUserJoined({ ...alice, joinnedAt: Date.now() });
    v4.onMediaDeviceListUpdated();
    v4.onMediaDeviceListUpdated();
    expect(done.filter(call => call === 'setAudioOutputDevice headset')).toHaveLength(1);
  });

  it('refuses a container that is not in the page', async () => {
    const { calls, done } = createFakeV4();
    const sdk = createV4Sdk(calls, alice, createFakePage(done).page);
    const nowhere = { isConnected: false } as HTMLElement;
    expect(await sdk.joinSession('call token', {}, nowhere)).toMatchObject({
      error: { code: 'NO_CONTAINER' },
    });
    expect(done).toEqual([]);
  });

  it('leaves at the click, and knows v4’s own word a second later for the same one', () => {
    const { sdk, v4, heard, done, moves, container } = joined();
    moves.clickLeave();
    sdk.leaveSession();
    v4.onCallEndButtonPressed();
    v4.onCallEnded();
    container.childElementCount = 0;
    moves.look();
    expect(heard).toEqual(['onLeaveSessionButtonClicked', 'onSessionLeft', 'onConnectionClosed']);
    expect(done).toEqual(['endSession', 'stopLocalTracks']);
  });

  it('stays in when the others have left', () => {
    const { v4, heard } = joined();
    v4.onUserLeft(bob);
    v4.onCallEnded();
    expect(heard).toEqual(['onParticipantLeft']);
    v4.onUserJoined({ ...bob, joinnedAt: Date.now() });
    expect(heard.at(-1)).toBe('onParticipantJoined');
  });

  it('is over when v4 empties the container, whoever ended it', () => {
    const { heard, moves, container } = joined();
    container.childElementCount = 0;
    moves.look();
    expect(heard).toEqual(['onSessionLeft', 'onConnectionClosed']);
  });

  it('tells of a timeout', () => {
    const { v4, heard } = joined();
    v4.onSessionTimeout();
    expect(heard).toEqual(['onSessionTimedOut']);
  });

  it('tells of a lost connection and of its return, but not of the first one', () => {
    const { heard, moves } = joined();
    moves.restored();
    expect(heard).toEqual([]);
    moves.lost();
    moves.lost();
    moves.restored();
    expect(heard).toEqual(['onConnectionLost', 'onConnectionRestored']);
  });

  it('is over when the signalling is gone for good', async () => {
    const { sdk, heard, done, moves } = joined();
    moves.failed();
    expect(heard).toEqual(['onConnectionLost', 'onSessionLeft', 'onConnectionClosed']);
    expect(done).toEqual(['endSession', 'stopLocalTracks']);
    // v4's timer would dial again in the middle of the next session
    expect(await sdk.whenReleased()).toBe(false);
  });

  it('shuts the rooms that v4 would enter after it was given up', async () => {
    const { sdk, v4, heard, done } = start();
    sdk.leaveSession();
    v4.onUserJoined({ ...alice, joinnedAt: Date.now() });
    expect(done).toEqual(['startSession', 'shutRooms', 'endSession', 'stopLocalTracks']);
    expect(heard).toEqual([]);
    expect(await sdk.whenReleased()).toBe(false);
  });

  it.each([
    ['onUserMuted', alice, 'onAudioMuted'],
    ['onUserMuted', bob, 'onParticipantAudioMuted'],
    ['onUserUnMuted', alice, 'onAudioUnMuted'],
    ['onUserUnMuted', bob, 'onParticipantAudioUnmuted'],
  ] as const)('tells %s of %o as %s', (name, muted, event) => {
    const { v4, heard } = joined();
    v4[name]({ muted });
    expect(heard).toEqual([event]);
  });

  it('keeps the list of participants in v5’s shape', () => {
    const { sdk, v4 } = joined();
    const lists: unknown[] = [];
    sdk.addEventListener('onParticipantListChanged', list => lists.push(list));
    v4.onUserListUpdated([{ id: 'e1', ...bob, avatar: '' }]);
    expect(lists).toEqual([[{ pid: 'e1', ...bob }]]);
  });
});

describe('SDK v4’s set-up', () => {
  it.each([
    ['http://localhost/cometchat/v3.0', 'setHost http://localhost/cometchat/v3.0/'],
    ['http://localhost/cometchat/v3.0/', 'setHost http://localhost/cometchat/v3.0/'],
  ])('gives the host %s the slash that v4 needs', async (host, said) => {
    const { calls, done } = createFakeV4();
    const result = await createV4Sdk(calls, alice, createFakePage(done).page).init({
      appId: 'a',
      region: 'us',
      host,
    });
    expect(result).toEqual({ success: true, error: null });
    expect(done).toEqual([said]);
  });

  it('answers bad settings instead of rejecting', async () => {
    const error = { code: 'INVALID_CALL_APP_SETTINGS', message: 'no' };
    const { calls, done } = createFakeV4({ init: () => Promise.reject(error) });
    const sdk = createV4Sdk(calls, alice, createFakePage(done).page);
    expect(await sdk.init({ appId: '', region: '' })).toEqual({
      success: false,
      error,
    });
  });

  it('needs a login before a token, and keeps the auth token no longer than that', async () => {
    const sdk = createV4Sdk(createFakeV4().calls, alice);
    expect(sdk.getLoggedInUser()).toBeNull();
    await expect(sdk.generateToken('room')).rejects.toMatchObject({ errorCode: 'ERROR_AUTH_TOKEN_MISSING' });
    await sdk.loginWithAuthToken('auth');
    expect(sdk.getLoggedInUser()?.uid).toBe('alice');
    expect(await sdk.generateToken('room')).toEqual({ token: 'call token for auth' });
    await expect(sdk.generateToken('room')).rejects.toMatchObject({ errorCode: 'ERROR_AUTH_TOKEN_MISSING' });
  });

  it('rejects a refused token with v5’s error', async () => {
    const refused = { code: 'AUTH_ERR_NO_ACCESS', message: 'no' };
    const { calls } = createFakeV4({ generateToken: () => Promise.reject(refused) });
    await expect(createV4Sdk(calls, alice).generateToken('room', 'auth')).rejects.toEqual({
      errorCode: 'AUTH_ERR_NO_ACCESS',
      errorDescription: 'no',
    });
  });

  it('names mute and pause as v5 does', () => {
    const { calls, done } = createFakeV4();
    const sdk = createV4Sdk(calls, alice);
    sdk.muteAudio();
    sdk.unmuteAudio();
    sdk.pauseVideo();
    sdk.resumeVideo();
    expect(done).toEqual(['muteAudio true', 'muteAudio false', 'pauseVideo true', 'pauseVideo false']);
  });
});

describe('the release of camera and microphone', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('is waited for, and the tracks are stopped meanwhile', async () => {
    const { sdk, done, state } = joined();
    state.released = false;
    sdk.leaveSession();
    const released = sdk.whenReleased();
    await vi.advanceTimersByTimeAsync(200);
    expect(done.filter(what => what === 'stopLocalTracks').length).toBeGreaterThan(2);
    state.released = true;
    await vi.advanceTimersByTimeAsync(100);
    expect(await released).toBe(true);
  });

  it('is given up after a while', async () => {
    const { sdk, state } = joined();
    state.released = false;
    sdk.leaveSession();
    const released = sdk.whenReleased();
    await vi.advanceTimersByTimeAsync(RELEASE_MS + 100);
    expect(await released).toBe(false);
  });
});
