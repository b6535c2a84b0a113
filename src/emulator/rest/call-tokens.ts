import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { CallFacts, NoteCall } from '../trace/rest-calls.ts';
import type { Access, Asking } from './access.ts';
import { VendorError } from './errors.ts';
import { CALL_TOKEN } from './schemas.ts';
import { type ConferencePlace, describeCallV4, describeCallV5 } from './session-settings.ts';
import { hashToken, type Tokens } from './tokens.ts';

export interface CallTokenRouteOptions {
  readonly access: Access;
  readonly tokens: Tokens;
  readonly appId: string;
  readonly region: string;
  readonly placeOf: (request: FastifyRequest) => ConferencePlace;
  readonly note: NoteCall;
}

/** The answer to somebody who wants a call token for a session. Throws a `VendorError`. */
export async function answerCallToken(
  { access, tokens }: Pick<CallTokenRouteOptions, 'access' | 'tokens'>,
  asking: Asking,
  sessionId: string,
  note: (facts: CallFacts) => void,
): Promise<{ data: { token: string } }> {
  // Also where the token is refused: whoever follows the session wants to see why nobody comes.
  note({ session: sessionId });
  const { user, authToken } = await access.requireUser(asking);
  note({ who: user.uid });
  const authHash = hashToken(authToken);
  await access.requireAdmission(user, sessionId, authHash);
  requireRoomName(sessionId);
  return { data: { token: await tokens.issueCall(user, sessionId, authHash) } };
}

/** Call tokens: made for a user and a session, and shown again to learn where that session takes place. */
export function addCallTokenRoutes(app: FastifyInstance, options: CallTokenRouteOptions): void {
  const { access, appId, region, placeOf, note } = options;

  app.post<{ Body: { sessionId: string } }>('/v3.0/call_tokens', { schema: CALL_TOKEN }, request =>
    answerCallToken(options, request, request.body.sessionId, facts => note(request, facts)),
  );
  app.get<{ Querystring: { configVersion?: string } }>('/v3.0/call_tokens', async request => {
    const { callToken, claims } = await access.requireCall(request);
    const { user, sessionId, authHash } = claims;
    note(request, { who: user.uid, session: sessionId });
    await access.requireAdmission(user, sessionId, authHash);
    const call = { callToken, sessionId, user, appId, region };
    const place = placeOf(request);
    const { configVersion } = request.query;
    // SDK v4 knows no versions.
    if (configVersion === undefined) return { data: describeCallV4(call, place) };
    if (configVersion === '1') return { data: describeCallV5(call, place) };
    throw new VendorError(
      'ERR_BAD_REQUEST',
      `The emulator knows configVersion 1, which SDK 5.0 asks for, and not ${configVersion}; use an older SDK and tell us of this one.`,
    );
  });
}

/** What an XMPP room cannot be called (RFC 7622, 3.3.1), beside spaces and the invisible. */
const NO_ROOM_NAME = /[\s"&'/:<>@\p{C}]/u;

/** Said here, since nobody says it later: lib-jitsi-meet goes silent on an id that is no lower-case room name. */
function requireRoomName(sessionId: string): void {
  if (sessionId === sessionId.toLowerCase() && !NO_ROOM_NAME.test(sessionId)) return;
  throw new VendorError(
    'ERR_BAD_REQUEST',
    'This session id can never be joined: use lower-case letters, digits, - and _ only.',
  );
}
