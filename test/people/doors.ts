/** Where somebody without a browser gets a call token: the routes that the join page and the SDK use. */
export interface CallTicket {
  readonly callToken: string;
  /** The XMPP domain, which is also where the socket is. */
  readonly domain: string;
}

export interface Meeting {
  readonly sessionId: string;
  /** A meeting's link; its key opens the door. */
  readonly url: string;
}

/** Goes through identity, authorize, token and call token. Throws with what a door said when it stays shut. */
export async function getTicket(server: string, meeting: Meeting, uid: string): Promise<CallTicket> {
  const key = new URL(meeting.url).hash.replace('#key=', '');
  // A meeting whose id cannot be guessed has no key.
  const body = key ? { key } : {};
  const identity = await ask(`${server}/api/identity`, { body: { uid, name: uid } });
  const bearer = { authorization: `Bearer ${identity.token}` };
  const door = `${server}/api/meetings/${meeting.sessionId}`;
  await ask(`${door}/authorize`, { headers: bearer, body });
  const issued = await ask(`${door}/token`, { headers: bearer, body });
  const host = String(issued.cometchat?.host ?? '').replace(/\/$/, '');
  const call = await ask(`${host}/call_tokens`, {
    headers: { authtoken: String(issued.authToken) },
    body: { sessionId: meeting.sessionId },
  });
  const callToken = String(call.data?.token);
  const described = await ask(`${host}/call_tokens`, { headers: { calltoken: callToken } });
  return { callToken, domain: String(described.data?.settings?.WEBRTC_HOST) };
}

// biome-ignore lint/suspicious/noExplicitAny: each answer has its own shape, and a missing field fails the test by itself
type Answer = Record<string, any>;

async function ask(
  url: string,
  request: { headers?: Record<string, string>; body?: object },
): Promise<Answer> {
  const { headers = {}, body } = request;
  const response = await fetch(url, {
    method: body ? 'POST' : 'GET',
    headers: { ...headers, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  });
  const answer = (await response.json()) as Answer;
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${JSON.stringify(answer)}`);
  return answer;
}
