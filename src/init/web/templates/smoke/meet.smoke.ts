// `meet smoke` lets two people meet in this app, in real browsers and without the internet.
const origin = process.env.APP_URL ?? '@origin';

export default {
  url: `${origin}/meet/{sessionId}?as={uid}`,
  serve: '@start',
  /** The server makes session ids, so it is asked for each. */
  async createSession() {
    const response = await fetch(`${origin}/api/meetings`, {
      method: 'POST',
      headers: { 'meet-as': 'cometchat-uid-1', 'content-type': 'application/json' },
      body: '{}',
    });
    const { id, error } = await response.json();
    if (!response.ok) throw new Error(error);
    return { sessionId: id };
  },
};
