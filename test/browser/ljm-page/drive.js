// Does with lib-jitsi-meet what SDK v5 was read to do with it. The library comes out of SDK 4.2.6, which leaves it on window.
(() => {
  const connections = [];
  const Original = window.RTCPeerConnection;
  window.RTCPeerConnection = class extends Original {
    constructor(...args) {
      super(...args);
      connections.push(this);
    }
  };

  const failures = [];
  let connection;
  let conference;
  let logout;
  let tracks = [];

  async function ask(base, method, path, headers, body) {
    const response = await fetch(base + path, {
      method,
      headers: { 'content-type': 'application/json', ...headers },
      ...(body && { body: JSON.stringify(body) }),
    });
    const { data, error } = await response.json();
    if (error) throw new Error(`${method} ${path}: ${error.code} ${error.message}`);
    return data;
  }

  /** Login, call token and its verification, as SDK v5 asks for them. */
  async function verify({ base, appId, authKey, uid, sessionId }) {
    const device = { platform: 'web', deviceId: `of-${uid}` };
    const login = await ask(base, 'POST', `/users/${uid}/auth_tokens`, { appId, apiKey: authKey }, device);
    const { authToken } = login;
    logout = () => ask(base, 'DELETE', '/me', { appId, authToken });
    await ask(base, 'PUT', '/me', { appId, authToken }, device);
    ask(base, 'POST', '/user_sessions', { appId, authToken }, device).catch(() => {});
    const { token } = await ask(base, 'POST', '/call_tokens', { appId, authToken }, { sessionId });
    return ask(base, 'GET', '/call_tokens?configVersion=1', { appId, calltoken: token });
  }

  const once = (source, name, failure) =>
    new Promise((resolve, reject) => {
      const listen = source.on ? 'on' : 'addEventListener';
      source[listen](name, resolve);
      source[listen](failure, (...why) => reject(new Error(`${failure}: ${why.map(String)}`)));
    });

  async function join(person) {
    const { JitsiMeetJS } = window;
    const { callToken, sessionId, user, settings } = await verify(person);
    const { connectionConfig } = settings;
    JitsiMeetJS.init(connectionConfig);
    JitsiMeetJS.setLogLevel(JitsiMeetJS.logLevels.ERROR);
    const { connection: connectionEvents, conference: events } = JitsiMeetJS.events;
    connection = new JitsiMeetJS.JitsiConnection(null, callToken, connectionConfig);
    const connected = once(
      connection,
      connectionEvents.CONNECTION_ESTABLISHED,
      connectionEvents.CONNECTION_FAILED,
    );
    connection.connect();
    await connected;
    tracks = await JitsiMeetJS.createLocalTracks({ devices: ['audio', 'video'], resolution: 180 });
    conference = connection.initJitsiConference(sessionId, connectionConfig);
    conference.on(events.TRACK_ADDED, show);
    conference.on(events.CONFERENCE_ERROR, why => failures.push(String(why)));
    const joined = once(conference, events.CONFERENCE_JOINED, events.CONFERENCE_FAILED);
    await Promise.all(tracks.map(track => conference.addTrack(track)));
    conference.setDisplayName(user.uid);
    conference.join();
    await joined;
    return connectionConfig;
  }

  function show(track) {
    if (track.isLocal()) return;
    const element = document.createElement(track.getType());
    element.autoplay = true;
    document.getElementById('people').append(element);
    track.attach(element);
  }

  /** The session first, then the login. */
  async function leave() {
    for (const track of tracks) await track.dispose();
    await conference.leave();
    await connection.disconnect();
    await logout();
  }

  /** The browser's own words about one connection: frames by track, and whom it exchanges packets with. */
  async function look(pc) {
    const stats = [...(await pc.getStats()).values()];
    const transport = stats.find(({ type }) => type === 'transport');
    const pair = stats.find(({ id }) => id === transport?.selectedCandidatePairId);
    const remote = stats.find(({ id }) => id === pair?.remoteCandidateId);
    const frames = stats
      .filter(({ type, kind }) => type === 'inbound-rtp' && kind === 'video')
      .map(({ trackIdentifier, framesDecoded = 0 }) => [trackIdentifier, framesDecoded]);
    return { peer: remote ? `${remote.address}:${remote.port}` : null, frames: Object.fromEntries(frames) };
  }

  /** By uid: who is here, over which way, and how many frames of theirs were decoded on it. */
  async function see() {
    const open = connections.filter(pc => pc.connectionState !== 'closed');
    const direct = conference.p2pJingleSession?.peerconnection.peerconnection;
    const people = {};
    for (const participant of conference.getParticipants()) {
      const uid = participant.getDisplayName();
      const ids = participant.getTracksByMediaType('video').map(track => track.getTrack().id);
      people[uid] = { over: null, frames: 0, peer: null };
      for (const pc of open) {
        const { peer, frames } = await look(pc);
        const id = ids.find(id => frames[id] !== undefined);
        if (id) people[uid] = { over: pc === direct ? 'direct' : 'bridge', frames: frames[id], peer };
      }
    }
    return people;
  }

  /** What all connections but the direct one exchange packets with: the bridge. */
  async function bridges() {
    const direct = conference.p2pJingleSession?.peerconnection.peerconnection;
    const others = connections.filter(pc => pc !== direct && pc.connectionState === 'connected');
    return Promise.all(others.map(async pc => (await look(pc)).peer));
  }

  window.ljm = { join, leave, see, bridges, failures, isDirect: () => conference.isP2PActive() };
})();
