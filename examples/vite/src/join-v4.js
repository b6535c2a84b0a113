const PATIENCE_MS = 20_000;

/**
 * Joins with SDK v4 and resolves, once really in, with the function that leaves. `onOver` is called when the session ends
 * here, by its own button or a timeout.
 */
export async function joinWithV4(calls, { app, uid, sessionId, container, onOver }) {
  const settings = new calls.CallAppSettingsBuilder().setAppId(app.appId).setRegion(app.region);
  // The line that `meet serve` prints. The slash counts: v4 glues its paths on.
  if (app.host) settings.setHost(`${app.host}/`);
  await calls.init(settings.build());
  // meet-check-disable-next-line web/missing-authorize -- this example has no server; yours says who may join
  const { token } = await calls.generateToken(sessionId, await login(app, uid));
  await forgetLostDevices();
  await new Promise((resolve, reject) => {
    // Neither an error nor a signalling that is down rejects `startSession`: one's own arrival is the only proof.
    setTimeout(
      reject,
      PATIENCE_MS,
      new Error('Nobody answered; does `meet serve` run, and is the shim loaded?'),
    );
    const listener = new calls.OngoingCallListener({
      onUserJoined: user => user.uid === uid && resolve(),
      onError: reject,
    });
    calls.startSession(token, new calls.CallSettingsBuilder().setCallListener(listener).build(), container);
  });
  // Not `onCallEnded`, which is also told to the last one left, who is still connected: v4 empties its container.
  new MutationObserver(() => container.childElementCount === 0 && onOver()).observe(container, {
    childList: true,
  });
  return () => container.childElementCount > 0 && calls.endSession();
}

/** v4 insists on the camera and microphone it used last: where they are gone it joins without, and says so to nobody. */
async function forgetLostDevices() {
  const devices = await navigator.mediaDevices.enumerateDevices();
  for (const name of ['lastVideoDeviceId', 'lastAudioDeviceId']) {
    if (!devices.some(device => device.deviceId === localStorage.getItem(name)))
      localStorage.removeItem(name);
  }
}

/** v4's Calls SDK has no login; this is what the Chat SDK's, and v5's, do. In production your server asks for the token. */
async function login({ appId, region, authKey, host }, uid) {
  const base = host || `https://${appId}.api-${region}.cometchat.io/v3.0`;
  const response = await fetch(`${base}/users/${encodeURIComponent(uid)}/auth_tokens`, {
    method: 'POST',
    headers: { appId, apiKey: authKey },
  });
  const { data, error } = await response.json();
  if (error) throw error;
  return data.authToken;
}
