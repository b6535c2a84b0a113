// Stands for SDK v5, which cannot be installed here: its public surface, with failures that window.__v5 asks for.
(() => {
  const listeners = new Map();
  const done = [];
  let user = null;

  function emit(name, payload) {
    for (const listener of [...(listeners.get(name) ?? [])]) listener(payload);
  }

  window.__v5 = {
    done,
    emit,
    listening: () => [...listeners.values()].reduce((count, { size }) => count + size, 0),
    ...window.__v5,
  };
  const wish = window.__v5;

  window.CometChatCalls = {
    async init(settings) {
      done.push(`init ${Object.keys(settings).sort()}`);
      const error = { name: 'VALIDATION_ERROR', message: 'bad settings', timestamp: 0 };
      return wish.init === 'bad' ? { success: false, error } : { success: true, error: null };
    },

    async loginWithAuthToken() {
      done.push('loginWithAuthToken');
      user = { uid: wish.loggedIn ?? 'alice', name: 'Alice' };
      return user;
    },

    getLoggedInUser() {
      return user;
    },

    async generateToken(sessionId, authToken) {
      done.push(`generateToken ${sessionId} ${authToken ? 'with its own auth token' : ''}`);
      return { token: 'call-token' };
    },

    async joinSession(token, settings, container) {
      const { width, height } = container.getBoundingClientRect();
      done.push(`joinSession ${token} ${JSON.stringify(settings)} ${width}x${height}`);
      if (wish.join === 'error') return { data: null, error: { errorCode: 'ERROR_NO_LUCK' } };
      if (wish.join === 'refused') setTimeout(emit, 0, 'onConnectionFailed', { code: 'ERROR_REFUSED' });
      if (!wish.join) setTimeout(emit, 0, 'onSessionJoined');
      // As in 5.0.4: no error, whatever becomes of it
      return { data: undefined, error: null };
    },

    leaveSession() {
      done.push('leaveSession');
      localStorage.setItem('v5-left', 'yes');
    },

    addEventListener(name, listener, { signal } = {}) {
      const heard = listeners.get(name) ?? new Set();
      listeners.set(name, heard.add(listener));
      const off = () => heard.delete(listener);
      signal?.addEventListener('abort', off);
      return off;
    },
  };
})();
