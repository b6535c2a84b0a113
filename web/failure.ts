import { ApiError } from './api.ts';

/** Where a join was when it failed: `body[data-phase]`. */
export type Phase = 'facts' | 'identity' | 'authorize' | 'token' | 'sdk' | 'init' | 'login' | 'join';

type Detail = Readonly<Record<string, unknown>>;

/** Why somebody is not in the call, as the screens show it. `message`: the server's own sentence, where it sent one. */
export class Failure extends Error {
  override readonly name = 'Failure';
  readonly code: string;
  readonly phase: Phase;
  readonly detail: Detail;

  constructor(code: string, phase: Phase, message = '', detail: Detail = {}) {
    super(message);
    this.code = code;
    this.phase = phase;
    this.detail = detail;
  }
}

/** Our server throws `ApiError`; the SDK throws plain objects, `{code}` in v4 and `{errorCode}` or `{name}` in v5. */
export function toFailure(error: unknown, phase: Phase): Failure {
  if (error instanceof Failure) return error;
  if (error instanceof ApiError) return new Failure(error.code, phase, error.message, error.detail);
  const { code, errorCode, name } = (error ?? {}) as Record<'code' | 'errorCode' | 'name', unknown>;
  // A fault of this page, which its screen cannot explain: the console can.
  if (error instanceof Error && !code && !errorCode) reportError(error);
  return new Failure(String(code ?? errorCode ?? name ?? 'UNKNOWN'), phase);
}
