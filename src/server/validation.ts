import type { FastifySchemaValidationError } from 'fastify';
import { UID_PATTERN } from '../core/access.ts';

/** One sentence about the first thing that is wrong with a request, naming the field. */
export function describeInvalid(errors: FastifySchemaValidationError[], where: string): Error {
  const [first] = errors;
  if (!first) return new Error(`The ${where} is not valid.`);
  const field = first.instancePath.slice(1).replaceAll('/', '.');
  const { additionalProperty, allowedValues } = first.params;
  if (additionalProperty !== undefined) {
    return new Error(`Unknown field ${JSON.stringify(additionalProperty)} in the ${where}; leave it out.`);
  }
  const subject = `${field ? `${field} in the` : 'The'} ${where}`;
  if (first.keyword === 'minLength')
    return new Error(`${subject} must not be empty; name something, or leave it out.`);
  if (first.params.pattern === UID_PATTERN)
    return new Error(
      `${subject} is not a uid; use letters, digits, _ and -, at most 100, a letter or digit first.`,
    );
  const values = Array.isArray(allowedValues) ? `: ${allowedValues.join(', ')}` : '';
  return new Error(`${subject} ${first.message}${values}.`);
}
