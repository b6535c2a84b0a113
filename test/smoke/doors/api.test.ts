import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { beforeAll, describe, expect, it } from 'vitest';
import { createApi, describeAnswer, textAt } from '../../../src/smoke/doors/api.ts';

let baseUrl: string;
const { signal } = new AbortController();

beforeAll(async () => {
  const server = createServer(async (request, response) => {
    const chunks = await request.toArray();
    const { method, url, headers } = request;
    const echo = {
      method,
      url,
      bearer: headers.authorization,
      type: headers['content-type'],
      extra: headers['x-a'],
    };
    const answers: Record<string, string> = { '/text': 'oops', '/list': '[1]' };
    response.end(answers[url ?? ''] ?? JSON.stringify({ ...echo, body: chunks.join('') }));
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return () => void server.close();
});

describe('an api', () => {
  it('posts JSON with a bearer token', async () => {
    const { body } = await createApi(baseUrl, signal)('/a', { bearer: 'key', body: { b: 1 } });
    expect(body).toEqual({
      method: 'POST',
      url: '/a',
      bearer: 'Bearer key',
      type: 'application/json',
      body: '{"b":1}',
    });
  });

  it('gets without a body', async () => {
    const { body } = await createApi(baseUrl, signal)('/a', { method: 'GET', headers: { 'x-a': '1' } });
    expect(body).toEqual({ method: 'GET', url: '/a', extra: '1', body: '' });
  });

  it('changes with a body, and removes without one', async () => {
    const api = createApi(baseUrl, signal);
    const changed = await api('/a', { method: 'PATCH', body: { b: 1 } });
    expect(changed.body).toEqual({ method: 'PATCH', url: '/a', type: 'application/json', body: '{"b":1}' });
    const removed = await api('/a', { method: 'DELETE' });
    expect(removed.body).toEqual({ method: 'DELETE', url: '/a', body: '' });
  });

  it.each(['/text', '/list'])('reads %s, which is no JSON object, as an empty one', async path => {
    expect(await createApi(baseUrl, signal)(path)).toEqual({ status: 200, body: {} });
  });
});

describe('textAt', () => {
  const answer = { status: 200, body: { a: { b: 'c' }, n: 1 } };

  it.each([
    [['a', 'b'], 'c'],
    [['a'], ''],
    [['n'], ''],
    [['a', 'b', 'c'], ''],
    [['x', 'y'], ''],
  ])('finds at %j %j', (path, text) => {
    expect(textAt(answer, ...path)).toBe(text);
  });
});

describe('describeAnswer', () => {
  it.each([
    [{ code: 'NOT_ALLOWED', error: 'no' }, '403 NOT_ALLOWED'],
    [{ error: { code: 'AUTH_ERR_NO_ACCESS' } }, '403 AUTH_ERR_NO_ACCESS'],
    [{ token: 'secret' }, '403'],
  ])('describes %j without its values', (body, words) => {
    expect(describeAnswer({ status: 403, body })).toBe(words);
  });
});
