import { describe, expect, it } from 'vitest';
import {
  blameProfile,
  describeProfile,
  type ProfileView,
} from '../../../src/smoke/explain/explain-profile.ts';

const viewWith = (changes: Partial<ProfileView> = {}): ProfileView => ({
  storedCamera: 'cam',
  cameras: ['cam'],
  machineId: 'machine',
  ...changes,
});
const NOTHING = { storedCamera: null, machineId: null };

describe('describeProfile', () => {
  it.each<[string, ProfileView[], string]>([
    [
      'one name for the camera',
      [viewWith(), viewWith()],
      'one profile: the tabs share jitsiMeetId and lastVideoDeviceId, and the camera has the same id in all of them',
    ],
    [
      'a name in each tab',
      [viewWith(), viewWith({ cameras: ['other'] })],
      'one profile: the tabs share jitsiMeetId and lastVideoDeviceId, and the camera has another id in each tab',
    ],
    [
      'somebody without a camera',
      [viewWith(), viewWith({ cameras: [] })],
      'one profile: the tabs share jitsiMeetId and lastVideoDeviceId, and the camera has the same id in all of them',
    ],
    [
      'no stored camera',
      [viewWith({ storedCamera: null })],
      'one profile: the tabs share jitsiMeetId, and the camera has the same id in all of them',
    ],
    ['another SDK', [viewWith(NOTHING)], 'one profile, in which SDK v4 has stored nothing'],
    ['pages that tell nothing', [], 'one profile, in which SDK v4 has stored nothing'],
  ])('tells of %s', (_, views, words) => {
    expect(describeProfile(views)).toBe(words);
  });
});

describe('blameProfile', () => {
  const reason = "bob's camera started, but its picture was not given to the call";
  const foreign = viewWith({ cameras: ['other'] });
  const refusals = ['OverconstrainedError'];

  it('names the stored camera that this tab knows by another id', () => {
    expect(blameProfile('bob', { reason, view: foreign, refusals })).toMatch(
      /^bob's camera never started in the call: .* share lastVideoDeviceId, .* \(OverconstrainedError\)/,
    );
  });

  it.each<[string, ProfileView, readonly string[]]>([
    ['the stored camera is there', viewWith(), refusals],
    ['nothing was refused', foreign, []],
    ['no camera is stored', viewWith(NOTHING), refusals],
  ])('does not, where %s', (_, view, refused) => {
    const told = blameProfile('bob', { reason, view, refusals: refused });
    expect(told).toBe(`${reason}; ${describeProfile([view])}`);
  });

  it('says no more than it knows of a page that does not answer', () => {
    expect(blameProfile('bob', { reason, view: null, refusals })).toBe(reason);
  });
});
