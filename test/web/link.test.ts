import { describe, expect, it } from 'vitest';
import { readLink, withoutSdkSwitch } from '../../web/link.ts';

const read = (path: string, claims = true) => readLink(new URL(path, 'http://localhost:4680'), claims);

describe('the page’s own link', () => {
  it('names the meeting and its secrets', () => {
    expect(read('/meet/team-core?as=alice#key=abc')).toEqual({
      sessionId: 'team-core',
      key: 'abc',
      invite: undefined,
      as: 'alice',
    });
    expect(read('/meet/team-core/#invite=x.y.z')?.invite).toBe('x.y.z');
  });

  it.each([['/'], ['/meet/'], ['/meet/a/b'], ['/elsewhere/a']])('names no meeting at %s', path => {
    expect(read(path)).toBeNull();
  });

  it('takes an id in the lower case that the SDK needs', () => {
    expect(read('/meet/Team-Core')?.sessionId).toBe('team-core');
  });

  it('survives an id that is badly encoded', () => {
    expect(read('/meet/%E0%A4%A')?.sessionId).toBe('%e0%a4%a');
  });

  it('proposes no uid where uids are accounts', () => {
    expect(read('/meet/team-core?as=alice', false)?.as).toBeUndefined();
  });

  it('loses the switch that would send SDK v4 to another host, and nothing else', () => {
    const url = new URL('http://localhost/meet/a?v=2&as=alice#key=abc');
    expect(withoutSdkSwitch(url)?.href).toBe('http://localhost/meet/a?as=alice#key=abc');
    expect(withoutSdkSwitch(new URL('http://localhost/meet/a?as=v'))).toBeNull();
  });
});
