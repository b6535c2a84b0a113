import type { ErrorCode } from '../../core/errors.ts';
import { type HttpCode, STATUSES } from '../statuses.ts';
import type { ApiAnswer, ApiExample, ApiOperation } from './document.ts';
import type { OperationNotes } from './operations.ts';

type Code = ErrorCode | HttpCode;

/** Each status that an operation refuses with, and the codes of each. */
export function refusalsOf(
  path: string,
  operation: ApiOperation,
  notes: OperationNotes,
): Map<number, Code[]> {
  const asks = (scheme: string) => operation.security?.some(each => scheme in each) ?? false;
  const codes = new Set<Code>([
    ...(notes.refusals ?? []),
    'BAD_REQUEST',
    'BAD_HOST',
    'HTTPS_REQUIRED',
    'URL_TOO_LONG',
    'TOO_MANY_HEADERS',
    'INTERNAL',
    ...(notes.storeless ? [] : (['STORE_FAILED'] as const)),
    ...(path.startsWith('/api/') ? (['BAD_ORIGIN', 'RATE_LIMITED'] as const) : []),
    ...(operation.requestBody ? (['BODY_TOO_LARGE', 'NOT_JSON'] as const) : []),
    ...(asks('admin') ? (['NOT_ADMIN'] as const) : []),
    ...(asks('identity') || path.startsWith('/api/meetings/{id}')
      ? (['NO_IDENTITY', 'IDENTITY_UNAVAILABLE'] as const)
      : []),
  ]);
  const byStatus = new Map<number, Code[]>();
  for (const code of codes) byStatus.set(STATUSES[code], [...(byStatus.get(STATUSES[code]) ?? []), code]);
  return byStatus;
}

/** How a refusal is answered: its codes, and an example of each. */
export function describeRefusal(codes: readonly Code[], examples: Record<string, ApiExample>): ApiAnswer {
  const schema = {
    allOf: [{ $ref: '#/components/schemas/Error' }, { properties: { code: { enum: codes } } }],
  };
  return { description: codes.join(', '), content: { 'application/json': { schema, examples } } };
}
