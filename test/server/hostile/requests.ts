import fc, { type Arbitrary } from 'fast-check';
import type { Operation, Schema } from './document.ts';
import { CONTENT_TYPES, HOSTILE_BODIES, HOSTILE_TEXTS, HOSTILE_VALUES } from './hostile-values.ts';

export interface FuzzRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

/** Values that are right, by the name of the field or parameter; and the tokens of people of every kind. */
export interface Hints {
  readonly fields: Readonly<Record<string, readonly unknown[]>>;
  /** Whole bodies that are right, by `POST /api/path`. */
  readonly bodies: Readonly<Record<string, readonly object[]>>;
  readonly tokens: readonly string[];
}

const hostileText = fc.oneof(fc.constantFrom(...HOSTILE_TEXTS), fc.string({ unit: 'binary', maxLength: 60 }));
const hostileValue = fc.oneof(fc.constantFrom(...HOSTILE_VALUES), fc.jsonValue({ maxDepth: 3 }));

/** Mostly what the schema asks for, so that some requests get far; sometimes anything. */
function anyOf(schema: Schema, name: string, hints: Hints): Arbitrary<unknown> {
  const good = hints.fields[name];
  const fitting = good ? fc.constantFrom(...good) : byType(schema, hints);
  return fc.oneof({ weight: 8, arbitrary: fitting }, { weight: 2, arbitrary: hostileValue });
}

function byType(schema: Schema, hints: Hints): Arbitrary<unknown> {
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const [type] = [schema.type ?? 'object'].flat().filter(each => each !== 'null');
  if (type === 'boolean') return fc.boolean();
  if (type === 'integer' || type === 'number') return fc.integer();
  if (type === 'array')
    return fc.array(anyOf(schema.items ?? {}, '', hints), { maxLength: 3 }) as Arbitrary<unknown>;
  if (type === 'string') return fc.oneof(fc.string({ minLength: 1, maxLength: 20 }), hostileText);
  return objectOf(schema, hints);
}

function objectOf({ properties = {}, required = [] }: Schema, hints: Hints): Arbitrary<unknown> {
  const names = Object.keys(properties);
  return fc
    .record({
      named: fc
        .tuple(fc.subarray(names), fc.integer({ max: 9, min: 0 }))
        .map(([some, luck]) => (luck === 0 ? some : [...some, ...required])),
      values: fc.tuple(...names.map(name => anyOf(properties[name] ?? {}, name, hints))),
      unknown: fc.option(fc.tuple(hostileText, hostileValue), { freq: 12 }),
    })
    .map(({ named, values, unknown }) => {
      const fields = names.flatMap((name, at) => (named.includes(name) ? [[name, values[at]] as const] : []));
      return Object.fromEntries(unknown ? [...fields, unknown] : fields);
    });
}

function bodyOf({ method, path, body }: Operation, hints: Hints): Arbitrary<string | undefined> {
  const good = (hints.bodies[`${method} ${path}`] ?? []).map(each => fc.constant<unknown>(each));
  const written = body
    ? fc.oneof(anyOf(body, '', hints), ...good).map(value => JSON.stringify(value))
    : fc.constant(undefined);
  return fc.oneof(
    { weight: 12, arbitrary: written },
    { weight: 2, arbitrary: fc.constantFrom(...HOSTILE_BODIES) },
    { weight: 1, arbitrary: fc.constant(undefined) },
  );
}

/** As somebody writes it who wants to be misunderstood: encoded once, twice, or as far as a URL has to be. */
function segment(text: Arbitrary<string>): Arbitrary<string> {
  const once = (value: string) => encodeURIComponent(wellFormed(value));
  return fc
    .tuple(
      text,
      fc.constantFrom(once, (value: string) => once(once(value)), encodeLittle),
    )
    .map(([value, encode]) => encode(value).slice(0, 3_000));
}

/** Half of a surrogate pair no URL can say. */
const wellFormed = (value: string) => value.replace(/\p{Surrogate}/gu, '\ufffd');

const encodeLittle = (value: string) =>
  value.replace(/[^!-~]|[?#/\\]/gu, match => encodeURIComponent(wellFormed(match)));

function pathOf({ path, parameters }: Operation, hints: Hints): Arbitrary<string> {
  const text = (name: string) => {
    const good = (hints.fields[name] ?? ['x']).map(String);
    return fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom(...good) },
      { weight: 3, arbitrary: hostileText },
    );
  };
  const at = (place: string) => parameters.filter(each => each.in === place);
  const inPath = fc.tuple(...at('path').map(({ name }) => segment(text(name))));
  const inQuery = fc.subarray(
    [...at('query').map(({ name }) => name), 'token', '__proto__'].map(name => name),
  );
  const queryValues = fc.array(segment(fc.oneof(fc.constantFrom('true', 'false'), hostileText)), {
    minLength: 10,
    maxLength: 10,
  });
  return fc.tuple(inPath, inQuery, queryValues).map(([values, names, texts]) => {
    const filled = at('path').reduce(
      (sum, { name }, index) => sum.replace(`{${name}}`, values[index] ?? ''),
      path,
    );
    const query = names.map((name, index) => `${name}=${texts[index]}`).join('&');
    return query ? `${filled}?${query}` : filled;
  });
}

// What `fetch` lets through to the wire; the rest is in request-line.test.ts.
const headerText = hostileText.map(text =>
  text
    .replace(/[^\t -~]/g, '')
    .trim()
    .slice(0, 1_000),
);

function headersOf({ parameters }: Operation, hints: Hints): Arbitrary<Record<string, string>> {
  const named = parameters.filter(each => each.in === 'header').map(({ name }) => name.toLowerCase());
  return fc.record(
    {
      authorization: fc.oneof(
        { weight: 8, arbitrary: fc.constantFrom(...hints.tokens).map(token => `Bearer ${token}`) },
        { weight: 2, arbitrary: headerText.map(text => `Bearer ${text}`) },
        { weight: 1, arbitrary: headerText },
      ),
      'content-type': fc.oneof(
        { weight: 20, arbitrary: fc.constant('application/json') },
        { weight: 2, arbitrary: fc.constantFrom(...CONTENT_TYPES) },
      ),
      ...Object.fromEntries(
        ['accept', 'meet-key', 'last-event-id', 'x-forwarded-for', 'accept-encoding', 'cookie', ...named].map(
          name => [
            name,
            fc.oneof(headerText, fc.constantFrom(...(hints.fields[name] ?? ['*/*']).map(String))),
          ],
        ),
      ),
    },
    { requiredKeys: ['authorization', 'content-type'] },
  ) as Arbitrary<Record<string, string>>;
}

/** Requests for one operation, now and then with another method. */
export function requestsFor(operation: Operation, hints: Hints): Arbitrary<FuzzRequest> {
  const method = fc.oneof(
    { weight: 30, arbitrary: fc.constant(operation.method) },
    {
      weight: 1,
      arbitrary: fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD', 'PROPFIND'),
    },
  );
  return fc
    .record({
      method,
      path: pathOf(operation, hints),
      headers: headersOf(operation, hints),
      body: bodyOf(operation, hints),
    })
    .map(request => (/^(GET|HEAD)$/.test(request.method) ? { ...request, body: undefined } : request));
}
