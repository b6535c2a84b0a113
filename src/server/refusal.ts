import type { FastifyReply } from 'fastify';
import { MeetError } from '../core/errors.ts';
import { type HttpCode, STATUSES } from './statuses.ts';
import { vendorFailure } from './vendor-failure.ts';

/** A refusal for reasons of HTTP alone, like `MeetError` for those of the domain. */
export class HttpRefusal extends Error {
  override readonly name = 'HttpRefusal';
  readonly code: HttpCode;

  constructor(code: HttpCode, message: string) {
    super(message);
    this.code = code;
  }
}

declare module 'fastify' {
  interface FastifyRequest {
    /** The code of the refusal it was answered with, for log, metrics and traces. */
    refusedWith: string | null;
    /** Why, for the log: only a sentence that is wholly ours, and of a few. */
    refusedWhy: string | null;
  }
}

/** What every failed request is answered with. */
interface ErrorBody {
  readonly error: string;
  readonly code: string;
  readonly detail?: Readonly<Record<string, unknown>>;
}

export interface ErrorAnswer {
  readonly status: number;
  readonly body: ErrorBody;
}

// Fastify's own errors that a client can cause; their texts name our internals, so each has one of ours.
const FASTIFY_ERRORS: Readonly<Record<string, { code: HttpCode | 'BAD_REQUEST'; error: string }>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: { code: 'BODY_TOO_LARGE', error: 'The body is too large; 16 KB is the most.' },
  FST_ERR_CTP_INVALID_MEDIA_TYPE: {
    code: 'NOT_JSON',
    error: 'Send the body as content-type: application/json.',
  },
  FST_ERR_CTP_INVALID_JSON_BODY: { code: 'BAD_REQUEST', error: 'The body is not valid JSON.' },
  FST_ERR_CTP_EMPTY_JSON_BODY: { code: 'BAD_REQUEST', error: 'The body is empty; send a JSON object.' },
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: { code: 'BAD_REQUEST', error: 'The body and content-length differ.' },
  FST_ERR_MAX_PARAM_LENGTH: { code: 'URL_TOO_LONG', error: 'A part of the address is too long.' },
  FST_ERR_BAD_URL: { code: 'BAD_REQUEST', error: 'The URL is malformed.' },
  FST_ERR_ROUTE_MISSING_CONTENT_TYPE: { code: 'NOT_JSON', error: 'Send content-type: application/json.' },
};

const INTERNAL = 'The server failed; its operator finds the reason in its output.';
const internalOf = (code: string): ErrorBody => ({ error: INTERNAL, code });

/** Turns whatever a request failed with into an answer. The text of a 5xx stays inside. */
export function answerError(error: unknown): ErrorAnswer {
  if (error instanceof MeetError || error instanceof HttpRefusal) {
    const status = STATUSES[error.code];
    const detail = error instanceof MeetError ? error.detail : undefined;
    // Nothing failed: said to whoever sends people here, with nothing of ours in it.
    if (error.code === 'UNAVAILABLE') return { status, body: { error: error.message, code: error.code } };
    if (status >= 500) return { status, body: vendorFailure(error.code, detail) ?? internalOf(error.code) };
    return { status, body: { error: error.message, code: error.code, ...(detail && { detail }) } };
  }
  if (!isFastifyError(error)) return internal();
  if (error.validation) return badRequest(error.message);
  const known = FASTIFY_ERRORS[error.code ?? ''];
  if (known) return { status: STATUSES[known.code], body: known };
  if (error.name === 'SyntaxError' && error.statusCode === 400)
    return badRequest('The body is not valid JSON.');
  // What serves files knows more malformed addresses, like one with a zero byte.
  if (error.statusCode === 400) return badRequest('The address is malformed.');
  return internal();
}

/** What these are refused with quotes nothing of a visitor's: a token has expired, or is of another audience. */
const CLOSED: ReadonlySet<string> = new Set(['NO_IDENTITY']);

/** Answers at once, past the error handler of the scope: the emulator has one of its own, which speaks the vendor's words. */
export function sendError(reply: FastifyReply, error: unknown): FastifyReply {
  return sendAnswer(reply, answerError(error));
}

/** With the header that says when to come back, where the answer does. */
export function sendAnswer(reply: FastifyReply, { status, body }: ErrorAnswer): FastifyReply {
  reply.request.refusedWith = body.code;
  reply.request.refusedWhy = CLOSED.has(body.code) ? body.error : null;
  const wait = body.detail?.retryAfterSeconds;
  if (typeof wait === 'number') reply.header('retry-after', wait);
  return reply.code(status).send(body);
}

interface FastifyFailure extends Error {
  readonly code?: string;
  readonly statusCode?: number;
  readonly validation?: unknown;
}

function isFastifyError(error: unknown): error is FastifyFailure {
  return error instanceof Error;
}

function badRequest(error: string): ErrorAnswer {
  return { status: 400, body: { error, code: 'BAD_REQUEST' } };
}

function internal(): ErrorAnswer {
  return { status: 500, body: { error: INTERNAL, code: 'INTERNAL' } };
}
