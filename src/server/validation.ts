import type { FastifySchemaValidationError } from 'fastify';

/** One sentence about the first thing that is wrong with a request, naming the field. */
export function describeInvalid(errors: FastifySchemaValidationError[], where: string): Error {
  const [first] = errors;
  if (!first) return new Error(`The ${where} is not valid.`);
  const field = first.instancePath.slice(1).replaceAll('/', '.');
  const { additionalProperty, allowedValues } = first.params;
  if (additionalProperty !== undefined) {
    return new Error(`Unknown field ${JSON.stringify(additionalProperty)} in the ${where}; leave it out.`);
  }
  const values = Array.isArray(allowedValues) ? `: ${allowedValues.join(', ')}` : '';
  return new Error(`${field ? `${field} in the` : 'The'} ${where} ${first.message}${values}.`);
}
