const PATIENCE_MS = 45_000;

/** The same with SDK v5. */
export async function joinWithV5(calls, { app, uid, sessionId, container, onOver }) {
  const { appId, region, authKey, host } = app;
  // The lines that `meet serve` prints; no slash at their ends.
  const hosts = host ? { host, adminHost: host, clientHost: host } : {};
  const { success, error } = await calls.init({ appId, region, authKey, ...hosts });
  if (!success) throw error;
  await calls.login(uid);
  // meet-check-disable-next-line web/missing-authorize -- this example has no server; yours says who may join
  const { token } = await calls.generateToken(sessionId);
  // v5 knows no removeEventListener: the signal takes all of them off when one leaves.
  const gone = new AbortController();
  const on = (name, listener) => calls.addEventListener(name, listener, { signal: gone.signal });
  await new Promise((resolve, reject) => {
    // `joinSession` resolves on failure too: only the event proves a join.
    setTimeout(reject, PATIENCE_MS, new Error('Nobody answered; does `meet serve` run?'));
    on('onSessionJoined', resolve);
    on('onConnectionFailed', reject);
    calls.joinSession(token, {}, container).then(result => result.error && reject(result.error), reject);
  });
  // Three events for one leaving: `onOver` is the caller's guarded exit.
  for (const name of ['onSessionLeft', 'onConnectionClosed', 'onSessionTimedOut']) on(name, onOver);
  return () => {
    gone.abort();
    calls.leaveSession();
  };
}
