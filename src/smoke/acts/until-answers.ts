import { get as getByHttp } from 'node:http';
import { get as getByHttps } from 'node:https';
import { rejectOn } from '../signals.ts';

/** Milliseconds between two questions, and for an answer. */
const ASK_MS = 100;
const ANSWER_LIMIT_MS = 10_000;

/** Until a web server answers at an origin, whatever it answers; rejects with the signal's reason. */
export async function untilAnswers(origin: string, signal: AbortSignal): Promise<void> {
  const ended = rejectOn(signal);
  while (!(await Promise.race([answers(origin), ended])))
    await Promise.race([new Promise(resolve => setTimeout(resolve, ASK_MS)), ended]);
}

/** Whether a web server answers now. A proxy that waits for the server behind it does not count. */
export function answers(origin: string): Promise<boolean> {
  return new Promise(resolve => {
    // The certificate of a dev server is its own; whether the browser takes it shows there.
    const options = { rejectUnauthorized: false, timeout: ANSWER_LIMIT_MS };
    const get = origin.startsWith('https:') ? getByHttps : getByHttp;
    const request = get(origin, options, response => {
      response.destroy();
      resolve(![502, 503, 504].includes(response.statusCode ?? 0));
    });
    request.on('timeout', () => request.destroy(new Error('no answer')));
    request.on('error', () => resolve(false));
  });
}
