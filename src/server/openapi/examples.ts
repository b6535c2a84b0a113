import type { ErrorCode } from '../../core/errors.ts';
import { type HttpCode, STATUSES } from '../statuses.ts';
import type { ApiContent, ApiExample, ApiOperation } from './document.ts';
import { INTERNAL_SENTENCE, SENTENCES } from './sentences.ts';
import { STORY, type Step } from './story.ts';

/** How a code is answered where no request of the examples leads to it. */
export function exampleOf(code: ErrorCode | HttpCode): [string, ApiExample] {
  const error = STATUSES[code] >= 500 ? INTERNAL_SENTENCE : (SENTENCES[code] ?? code);
  return [code, { value: { error, code } }];
}

/** Shows each request of the story at its route, and its answer under the same name. In place. */
export function addExamples(route: string, operation: ApiOperation): void {
  for (const step of STORY.filter(each => each.route === route)) {
    if (step.body !== undefined) show(operation.requestBody?.content, step, step.body);
    show(operation.responses[step.status]?.content, step, step.answer);
    for (const parameter of operation.parameters ?? [])
      if (parameter.in === 'path' && step.id !== undefined) parameter.example ??= step.id;
  }
}

function show(content: Record<string, ApiContent> | undefined, step: Step, value: unknown): void {
  for (const each of Object.values(content ?? {})) {
    const { [codeOf(value)]: _, ...others } = each.examples ?? {};
    each.examples = { ...others, [nameOf(step)]: { summary: step.name, value } };
  }
}

/** Of a refusal: what was said of its code in general gives way. */
function codeOf(value: unknown): string {
  return typeof value === 'object' && value !== null && 'code' in value ? String(value.code) : '';
}

/** A name of an example has no spaces (OpenAPI 3.1.1, 4.8.7: keys of components and their like). */
const nameOf = ({ name }: Step) => name.replaceAll(' ', '-');
