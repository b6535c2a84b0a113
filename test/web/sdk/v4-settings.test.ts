import { describe, expect, it } from 'vitest';
import { settingsFor } from '../../../web/broadcast.ts';
import { toV4Settings } from '../../../web/sdk/v4-settings.ts';
import { createFakeV4 } from './fake-v4.ts';

const callsFor = (...[visit]: Parameters<typeof settingsFor>) => {
  const { calls, done } = createFakeV4();
  toV4Settings(calls, settingsFor(visit));
  return done;
};

describe('the settings of a session', () => {
  it.each([
    [{ broadcast: false, role: 'guest' }],
    [{ broadcast: false, role: 'host' }],
    [{ broadcast: true, role: 'host' }],
  ] as const)('for %j are as good as none, and v4 keeps its own', visit => {
    expect(settingsFor(visit)).toEqual({ hideShareInviteButton: false });
    expect(callsFor(visit)).toEqual([]);
  });

  it('for who only watches a broadcast turn all off, in v4’s words too', () => {
    expect(callsFor({ broadcast: true, role: 'guest' })).toEqual([
      'setMode DEFAULT',
      'startWithAudioMuted true',
      'startWithVideoMuted true',
      'showMuteAudioButton false',
      'showPauseVideoButton false',
      'showScreenShareButton false',
      'showRecordingButton false',
      'showVirtualBackgroundSetting false',
      'showModeButton false',
    ]);
  });

  it.each([
    ['SIDEBAR', 'setMode DEFAULT'],
    ['TILE', 'setMode TILE'],
    ['SPOTLIGHT', 'setMode SPOTLIGHT'],
  ] as const)('ask v4 for the layout %s by %s', (layout, call) => {
    const { calls, done } = createFakeV4();
    toV4Settings(calls, { layout });
    expect(done).toEqual([call]);
  });
});
