import { smokeFailure } from '../phase.ts';
import { type Api, describeAnswer, textAt } from './api.ts';
import type { SmokeMeetings } from './meetings.ts';
import { knockAtRoom } from './room-door.ts';

export interface DoorCheck {
  readonly api: Api;
  readonly meetings: SmokeMeetings;
  /** Alice's identity token; she may enter the main meeting only. */
  readonly alice: string;
  readonly signal: AbortSignal;
}

/**
 * The doors behind our own, which a page that skips `authorize` would try: call tokens and the signalling socket.
 * Only where the stand-in plays the cloud; the real one knows nothing of our meetings. Returns how many were shut.
 */
export async function checkCloudDoors(check: DoorCheck): Promise<number> {
  const { api, meetings, alice } = check;
  const ours = await api(`/api/meetings/${meetings.main.sessionId}/token`, { bearer: alice });
  const host = textAt(ours, 'cometchat', 'host').replace(/\/$/, '');
  if (!host) throw smokeFailure(`alice was told no CometChat host: ${describeAnswer(ours)}`, 'token');
  const authToken = textAt(ours, 'authToken');
  const minted = authToken && (await checkMint(check, host, authToken));
  // In strict mode our server has minted it, and no auth token is there to ask with.
  const callToken = minted || textAt(ours, 'callToken');
  if (!callToken) throw smokeFailure('alice got no call token for her own meeting', 'token');
  return (authToken ? 2 : 0) + (await checkSignalling(check, host, callToken));
}

/** Call tokens without authorization are refused; Alice's own is not, and is given back. */
async function checkMint({ api, meetings }: DoorCheck, host: string, authToken: string): Promise<string> {
  const mint = (sessionId: string, headers: Record<string, string>) =>
    api(`${host}/call_tokens`, { headers, body: { sessionId } });
  const [unauthorized, anonymous, own] = await Promise.all([
    mint(meetings.listed.sessionId, { authToken }),
    mint(meetings.main.sessionId, {}),
    mint(meetings.main.sessionId, { authToken }),
  ]);
  expectRefusal('a call token without authorization', unauthorized, 403);
  expectRefusal('a call token for nobody', anonymous, 401);
  return textAt(own, 'data', 'token');
}

function expectRefusal(what: string, answer: Awaited<ReturnType<Api>>, status: number): void {
  if (textAt(answer, 'data', 'token')) throw smokeFailure(`${what} was issued`);
  if (answer.status !== status)
    throw smokeFailure(`${what}: got ${describeAnswer(answer)} instead of ${status}`);
}

/** A call token opens its own room and no other, and without one there is no socket at all. */
async function checkSignalling(
  { api, meetings, signal }: DoorCheck,
  host: string,
  callToken: string,
): Promise<number> {
  const settings = await api(`${host}/call_tokens`, {
    method: 'GET',
    headers: { callToken },
  });
  const domain = textAt(settings, 'data', 'settings', 'WEBRTC_HOST');
  const visit = (token: string, sessionId: string) => {
    const socketUrl = new URL(`/xmpp-websocket?token=${encodeURIComponent(token)}`, host);
    socketUrl.protocol = 'ws:';
    return knockAtRoom({ socketUrl: socketUrl.href, domain, sessionId, signal });
  };
  const [foreign, garbage] = await Promise.all([
    visit(callToken, meetings.listed.sessionId),
    visit('no.call.token', meetings.main.sessionId),
  ]);
  if (foreign.entered) throw smokeFailure("a call token for one meeting opened another meeting's room");
  if (foreign.reason !== 'not-allowed')
    throw smokeFailure(
      `a call token at another meeting's room: got ${foreign.reason} instead of not-allowed`,
    );
  if (garbage.entered || garbage.reason !== 'HTTP 401')
    throw smokeFailure('the signalling socket opened without a call token');
  return 2;
}
