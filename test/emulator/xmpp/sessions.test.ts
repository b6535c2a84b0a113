import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { NOBODY } from '../../../src/emulator/xmpp/screens.ts';
import type { Loss, Session, Wire } from '../../../src/emulator/xmpp/session.ts';
import type { Sessions } from '../../../src/emulator/xmpp/sessions.ts';
import { claimsOf, DOMAIN, openSessions, xml } from './support.ts';

const GRACE_MS = 60_000;

let sessions: Sessions;
let ended: string[];
/** When alice's media was heard last, by the faked clock; null for never. */
let heardAt: () => number | null;

beforeEach(() => {
  vi.useFakeTimers();
  ended = [];
  heardAt = () => null;
  const silenceOf = () => {
    const at = heardAt();
    return at === null ? null : Date.now() - at;
  };
  sessions = openSessions(client => ended.push(client.claims.user.uid), GRACE_MS, silenceOf);
});
afterEach(() => vi.useRealTimers());

function createWire(base = `ws://${DOMAIN}`): Wire & { sent: string[]; state: string } {
  const sent: string[] = [];
  return {
    base,
    sent,
    state: 'open',
    send: text => sent.push(text),
    fail(condition) {
      this.state = condition;
    },
    drop() {
      this.state = 'dropped';
    },
  };
}

/** A client that may come back, and the socket it is on. */
function openResumable() {
  const wire = createWire();
  const session = sessions.open(claimsOf('alice'), DOMAIN, wire);
  sessions.enable(session);
  return { wire, session };
}
const say = (session: Session, ...names: string[]) => {
  for (const name of names) session.client.send(xml(`<message id="${name}"/>`));
};
const idsIn = (texts: string[]) => texts.map(text => xml(text).attrs.id ?? xml(text).name);

describe('a session whose socket is lost', () => {
  it('resumes on a new socket with what the client has missed, in order', () => {
    const { wire, session } = openResumable();
    session.receive();
    say(session, 'one', 'two');
    session.lose(wire, 'cut');
    say(session, 'three');
    expect([session.client.lost, ended]).toEqual([true, []]);
    const next = createWire();
    expect(sessions.resume(session.id, claimsOf('alice'), 1, next)).toBe(session);
    expect(idsIn(next.sent)).toEqual(['resumed', 'two', 'three', 'r']);
    expect(xml(next.sent[0] ?? '').attrs).toMatchObject({ h: '1', previd: session.id });
    session.acknowledge(3);
    vi.advanceTimersByTime(GRACE_MS * 2);
    expect([session.client.lost, ended]).toEqual([false, []]);
  });

  it('is where its latest socket came to', () => {
    const { session } = openResumable();
    expect(session.client.base).toBe(`ws://${DOMAIN}`);
    sessions.resume(session.id, claimsOf('alice'), 0, createWire('wss://localhost:8443'));
    expect(session.client.base).toBe('wss://localhost:8443');
  });

  it('ends after the grace, and then cannot be resumed', () => {
    const { wire, session } = openResumable();
    session.lose(wire, 'cut');
    vi.advanceTimersByTime(GRACE_MS - 1);
    expect(ended).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(ended).toEqual(['alice']);
    expect(sessions.resume(session.id, claimsOf('alice'), 0, createWire())).toBeNull();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('resumes twice, the socket lost again meanwhile', () => {
    const { wire, session } = openResumable();
    say(session, 'one');
    session.lose(wire, 'cut');
    const second = createWire();
    sessions.resume(session.id, claimsOf('alice'), 0, second);
    session.lose(second, 'cut');
    const third = createWire();
    sessions.resume(session.id, claimsOf('alice'), 1, third);
    expect(idsIn(third.sent)).toEqual(['resumed', 'r']);
  });

  it('takes over from a socket that looks alive, whose end then means nothing', () => {
    const { wire, session } = openResumable();
    const next = createWire();
    sessions.resume(session.id, claimsOf('alice'), 0, next);
    expect(wire.state).toBe('dropped');
    session.lose(wire, 'gone');
    say(session, 'one');
    expect([idsIn(next.sent), ended]).toEqual([['resumed', 'r', 'one'], []]);
  });

  it.each([
    ['a page that was left', true, 'gone'],
    ['a client that never asked for more', false, 'cut'],
  ] as const)('ends at once with %s', (_name, resumable, loss) => {
    const wire = createWire();
    const session = sessions.open(claimsOf('alice'), DOMAIN, wire);
    if (resumable) sessions.enable(session);
    session.lose(wire, loss);
    expect(ended).toEqual(['alice']);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('ends when its client is back and deaf', () => {
    const { wire, session } = openResumable();
    session.lose(wire, 'cut');
    const next = createWire();
    sessions.resume(session.id, claimsOf('alice'), 0, next);
    vi.advanceTimersByTime(5_000);
    expect([next.state, ended]).toEqual(['connection-timeout', ['alice']]);
  });

  it('waits for the whole grace when it is lost again before it has answered', () => {
    const { wire, session } = openResumable();
    session.lose(wire, 'cut');
    const next = createWire();
    sessions.resume(session.id, claimsOf('alice'), 0, next);
    session.lose(next, 'cut');
    vi.advanceTimersByTime(GRACE_MS - 1);
    expect(ended).toEqual([]);
  });

  it("is not resumed with another's token", () => {
    const { session } = openResumable();
    expect(sessions.resume(session.id, claimsOf('mallory'), 0, createWire())).toBeNull();
    expect(ended).toEqual([]);
  });

  it('is resumed with the token it came with, whatever it was lent since', () => {
    const { session } = openResumable();
    session.client.lend(claimsOf('bob'));
    expect(sessions.resume(session.id, claimsOf('alice'), 0, createWire())).toBe(session);
    expect(session.client.claims.user.uid).toBe('bob');
  });

  it('ends at once when it came without a token and was lent none', () => {
    const wire = createWire();
    const session = sessions.open(NOBODY, DOMAIN, wire);
    sessions.enable(session);
    session.lose(wire, 'cut');
    expect(ended).toEqual(['']);
  });

  it('ends when its token begins another', () => {
    const { wire, session } = openResumable();
    session.lose(wire, 'cut');
    const others = sessions.open(claimsOf('bob'), DOMAIN, createWire());
    sessions.enable(others);
    expect(ended).toEqual([]);
    openResumable();
    expect(ended).toEqual(['alice']);
    expect(sessions.resume(session.id, claimsOf('alice'), 0, createWire())).toBeNull();
  });

  it('ends when the client counts what it was never sent', () => {
    const { session } = openResumable();
    expect(sessions.resume(session.id, claimsOf('alice'), 5, createWire())).toBeNull();
    expect(ended).toEqual(['alice']);
  });
});

describe('a session whose socket ended without a word', () => {
  const start = (silentSince: () => number | null, loss: Loss = 'ended') => {
    heardAt = silentSince;
    const opened = openResumable();
    opened.session.lose(opened.wire, loss);
    return opened;
  };
  const endsAfter = (ms: number) => {
    vi.advanceTimersByTime(ms - 1);
    expect(ended).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(ended).toEqual(['alice']);
    expect(vi.getTimerCount()).toBe(0);
  };

  it('ends after ten seconds without media', () => {
    const lostAt = Date.now();
    start(() => lostAt);
    endsAfter(10_000);
  });

  it('ends ten seconds after its media did', () => {
    const lostAt = Date.now();
    start(() => Math.min(Date.now(), lostAt + 17_000));
    endsAfter(27_000);
  });

  it.each<[string, () => number | null, Loss]>([
    ['its media flows', () => Date.now(), 'ended'],
    ['nothing is known of its media', () => null, 'ended'],
    ['its socket was cut otherwise, silent as it is', () => 0, 'cut'],
  ])('has the whole grace where %s', (_name, silentSince, loss) => {
    start(silentSince, loss);
    endsAfter(GRACE_MS);
  });

  it('goes on when it is back before that, and is waited for anew when it is lost again', () => {
    const lostAt = Date.now();
    const { session } = start(() => lostAt);
    vi.advanceTimersByTime(9_000);
    const next = createWire();
    sessions.resume(session.id, claimsOf('alice'), 0, next);
    session.acknowledge(0);
    vi.advanceTimersByTime(GRACE_MS);
    expect(ended).toEqual([]);
    session.lose(next, 'ended');
    endsAfter(10_000);
  });
});

describe('a session', () => {
  it('asks now and then how far the client got, and forgets what arrived', () => {
    const { wire, session } = openResumable();
    say(session, ...Array.from({ length: 20 }, (_, i) => String(i)));
    expect(idsIn(wire.sent).at(-1)).toBe('r');
    session.acknowledge(19);
    session.lose(wire, 'cut');
    const next = createWire();
    sessions.resume(session.id, claimsOf('alice'), 19, next);
    expect(idsIn(next.sent)).toEqual(['resumed', '19', 'r']);
  });

  it('ends when its client never says how far it got, once whoever sends is done', async () => {
    const { wire, session } = openResumable();
    for (let i = 0; i < 2_001; i += 1) say(session, 'x');
    expect([wire.state, ended]).toEqual(['open', []]);
    await Promise.resolve();
    expect([wire.state, ended]).toEqual(['resource-constraint', ['alice']]);
  });

  it('is told why when it is expelled, and hears nothing afterwards', () => {
    const { wire, session } = openResumable();
    session.client.expel('conflict');
    say(session, 'late');
    expect([wire.state, wire.sent, ended]).toEqual(['conflict', [], ['alice']]);
  });

  it('ends with all others when the server does', () => {
    const { wire, session } = openResumable();
    openResumable();
    session.lose(wire, 'cut');
    sessions.close();
    expect(ended).toEqual(['alice', 'alice']);
    expect(vi.getTimerCount()).toBe(0);
  });
});
