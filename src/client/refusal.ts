import { type ErrorCode, MeetError } from '../core/errors.ts';

interface ErrorBody {
  readonly error: string;
  readonly code: ErrorCode;
  readonly detail?: Record<string, unknown>;
}

/** How the server begins where it has no such route; with the cloud a known one may have nothing to tell. */
const NO_ROUTE = 'There is nothing at this address';

/** The error of an answer that is no good one: the server's own refusal, or what else answers in its place. */
export async function refusalOf(origin: string, response: Response): Promise<MeetError> {
  const { status } = response;
  const location = response.headers.get('location');
  if (status >= 300 && status < 400) return new MeetError('NO_SERVER', redirected(origin, location));
  const body = await readError(response);
  if (!body) {
    const said = response.ok ? 'something else answers' : `something answers ${status}`;
    return new MeetError('NO_SERVER', `There is no meet server at ${origin}, ${said}; check the address.`);
  }
  const { code, error, detail } = body;
  if (code === 'NOT_ADMIN') {
    const advice = 'compare MEET_ADMIN_KEY or --admin-key-file with its .meet/admin-key';
    return new MeetError(code, `The server at ${origin} refused the admin key; ${advice}.`);
  }
  // Not the code of a meeting or a fault that is not there: the route itself is missing.
  if ((String(code) === 'NOT_FOUND' && error.startsWith(NO_ROUTE)) || /^Unknown field /.test(error)) {
    const words = `The server at ${origin} is of another version of meet, and cannot do that; update the older one`;
    return new MeetError('NO_SERVER', `${words} (${error.replace(/\.$/, '')}).`);
  }
  return new MeetError(code, status >= 500 ? `At ${origin}: ${error}` : error, detail && { detail });
}

function redirected(origin: string, location: string | null): string {
  const target = location && URL.canParse(location, origin) ? new URL(location, origin).origin : null;
  const advice = target && target !== origin ? `give ${target} instead` : 'give the address it leads to';
  return `${origin} leads elsewhere, where the admin key is not sent by itself; ${advice}.`;
}

async function readError(response: Response): Promise<ErrorBody | null> {
  if (response.ok) return null;
  try {
    const body = (await response.json()) as Partial<ErrorBody> | null;
    return typeof body?.error === 'string' && typeof body.code === 'string' ? (body as ErrorBody) : null;
  } catch {
    return null;
  }
}
