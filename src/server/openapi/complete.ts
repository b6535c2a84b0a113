import type { ApiDocument, ApiOperation } from './document.ts';
import { addExamples, exampleOf } from './examples.ts';
import { spellNull } from './nullable.ts';
import { OPERATIONS } from './operations.ts';
import { describeRefusal, refusalsOf } from './refusals.ts';

const GOOD: Readonly<Record<string, string>> = { 200: 'Done', 201: 'Made' };

/** Adds to @fastify/swagger's document what no schema of Fastify's can say: names, refusals one by one, examples. In place. */
export function completeDocument(document: ApiDocument): void {
  spellNull(document);
  for (const [path, methods] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      completeOperation(`${method} ${path}`, path, operation);
    }
  }
}

function completeOperation(route: string, path: string, operation: ApiOperation): void {
  const notes = OPERATIONS[route];
  if (!notes) return;
  operation.operationId = notes.id;
  const { responses } = operation;
  for (const status of Object.keys(responses)) {
    if (!/^2/.test(status)) delete responses[status];
    else responses[status] = { ...responses[status], description: GOOD[status] ?? 'Done' };
  }
  if (notes.types) {
    const content = Object.fromEntries(notes.types.map(type => [type, { schema: { type: 'string' } }]));
    responses[200] = { description: 'Done', content };
  }
  for (const [status, codes] of refusalsOf(path, operation, notes)) {
    responses[status] = describeRefusal(codes, Object.fromEntries(codes.map(exampleOf)));
  }
  addExamples(route, operation);
}
