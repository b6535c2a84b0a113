import { afterEach, describe, expect, it, vi } from 'vitest';
import { forgetSession, openSession, recallSession } from '../../../web/home/session.ts';

const SESSION = { token: 'a token', expiresAt: '2026-11-20T15:00:00.000Z' };

const refuse = () => {
  throw new DOMException('The operation is insecure.', 'SecurityError');
};

afterEach(() => vi.unstubAllGlobals());

describe('where storage is switched off', () => {
  it('a one-time code still opens the page, which forgets it by itself', async () => {
    vi.stubGlobal('sessionStorage', { getItem: refuse, setItem: refuse, removeItem: refuse });
    vi.stubGlobal('fetch', async () => Response.json(SESSION));
    expect(await openSession('the code')).toEqual(SESSION);
    expect(recallSession(0)).toBeNull();
    expect(forgetSession).not.toThrow();
  });
});
