import { describe, expect, it } from 'vitest';
import { losesHost, planHosts } from '../../src/core/hosts.ts';
import { patchMeeting } from '../../src/core/meeting-plan.ts';
import { aMeeting, codeOf, NOW } from './fixtures.ts';

describe('hosts', () => {
  it.each([
    [null, undefined, []],
    [null, ['alice', ' bob ', 'alice'], ['alice', 'bob']],
    [['alice'], undefined, ['alice']],
    [['alice'], ['bob'], ['bob']],
    [['alice'], [], []],
  ])('of %j, and %j wished: %j', (before, wish, after) => {
    expect(planHosts(before && { hosts: before }, wish)).toEqual(after);
  });

  it.each(['a b', '', '-alice', 'a'.repeat(101)])('are uids, which %j is not', async uid => {
    expect(await codeOf(() => planHosts(null, [uid]))).toBe('BAD_REQUEST');
  });

  it.each([
    [['alice'], ['alice', 'bob'], false],
    [['alice', 'bob'], ['bob'], true],
    [['alice'], [], true],
    [[], ['alice'], false],
  ])('%j after %j lose one: %s', (before, after, lost) => {
    expect(losesHost({ hosts: before }, after)).toBe(lost);
    const meeting = aMeeting({ hosts: before });
    const patched = patchMeeting(meeting, { hosts: after }, NOW);
    expect(patched.accessVersion - meeting.accessVersion).toBe(lost ? 1 : 0);
  });
});
