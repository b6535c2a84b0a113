/** What a server answered: the status, and its JSON. */
export interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface Question {
  readonly method?: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly bearer?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** Asks a JSON API; `path` may be a whole URL. An answer that is no JSON object reads as `{}`. */
export type Api = (path: string, question?: Question) => Promise<Answer>;

export function createApi(baseUrl: string, signal: AbortSignal): Api {
  return async (path, { method = 'POST', bearer, headers, body } = {}) => {
    const speaks = method === 'POST' || method === 'PATCH';
    const response = await fetch(new URL(path, baseUrl), {
      method,
      signal,
      headers: {
        ...(speaks && { 'content-type': 'application/json' }),
        ...(bearer !== undefined && { authorization: `Bearer ${bearer}` }),
        ...headers,
      },
      ...(speaks && { body: JSON.stringify(body ?? {}) }),
    });
    return { status: response.status, body: readObject(await response.text()) };
  };
}

/** A string at a path of an answer's body, '' where there is none. */
export function textAt(answer: Answer, ...path: string[]): string {
  const found = path.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
    answer.body,
  );
  return typeof found === 'string' ? found : '';
}

/** What was answered, for a failure's message. Values are left out: they may be tokens. */
export function describeAnswer(answer: Answer): string {
  const code = textAt(answer, 'code') || textAt(answer, 'error', 'code');
  return code ? `${answer.status} ${code}` : String(answer.status);
}

function readObject(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
  } catch {
    return {};
  }
}
