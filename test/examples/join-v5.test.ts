import { expect, it } from 'vitest';
// @ts-expect-error The example is JavaScript, as its readers are to copy it.
import { joinWithV5 } from '../../examples/vite/src/join-v5.js';

type Listener = (detail?: unknown) => void;

/** What v5's published interface says of the members that the example uses; nothing of this is the vendor's. */
function fakeV5(joinSession: (emit: (name: string, detail?: unknown) => void) => unknown, init = {}) {
  const listeners: [string, Listener][] = [];
  const done: unknown[] = [];
  const emit = (name: string, detail?: unknown) => {
    for (const [event, listener] of listeners) if (event === name) listener(detail);
  };
  const calls = {
    init: async (settings: unknown) => {
      done.push(settings);
      return { success: true, error: null, ...init };
    },
    login: async (uid: string) => done.push(`login ${uid}`),
    generateToken: async (sessionId: string) => ({ token: `token of ${sessionId}` }),
    joinSession: async (token: string) => {
      done.push(token);
      return joinSession(emit) ?? { data: undefined, error: null };
    },
    leaveSession: () => done.push('left'),
    addEventListener: (name: string, listener: Listener, { signal }: { signal: AbortSignal }) => {
      listeners.push([name, listener]);
      signal.addEventListener('abort', () => done.push(`off ${name}`));
    },
  };
  return { calls, done, emit };
}

const app = { appId: 'a', region: 'us', authKey: 'k', host: 'http://localhost:4680/cometchat/v3.0' };
const join = (calls: object, onOver = () => {}) =>
  joinWithV5(calls, { app, uid: 'cometchat-uid-1', sessionId: 'room', container: null, onOver });

it('gives v5 all three hosts, and is in when v5 says so', async () => {
  const { calls, done, emit } = fakeV5(emit => void queueMicrotask(() => emit('onSessionJoined')));
  let over = 0;
  const leave = await join(calls, () => {
    over += 1;
  });
  const { host, ...rest } = app;
  expect(done).toEqual([
    { ...rest, host, adminHost: host, clientHost: host },
    'login cometchat-uid-1',
    'token of room',
  ]);
  for (const name of ['onSessionLeft', 'onConnectionClosed', 'onSessionTimedOut']) emit(name);
  expect(over).toBe(3);
  leave();
  const names = ['onSessionJoined', 'onConnectionFailed', 'onSessionLeft', 'onConnectionClosed'];
  expect(done.slice(3)).toEqual([...names, 'onSessionTimedOut'].map(name => `off ${name}`).concat('left'));
});

it.each([
  ['settings that v5 refuses', fakeV5(() => {}, { success: false, error: { message: 'no' } })],
  ['a join that resolves with an error', fakeV5(() => ({ data: null, error: { message: 'no' } }))],
  ['a connection that failed', fakeV5(emit => emit('onConnectionFailed', { message: 'no' }))],
])('rejects with the reason of %s', async (_, { calls }) => {
  await expect(join(calls)).rejects.toMatchObject({ message: 'no' });
});
