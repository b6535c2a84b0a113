import { Refusal } from './refusal.ts';

/** A route's answer as JSON: a refusal with its status; nothing of it is kept by anybody, as a pass is for one person, once. */
export async function answer(work: () => Promise<object>): Promise<Response> {
  const headers = { 'cache-control': 'no-store' };
  try {
    return Response.json(await work(), { headers });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return Response.json({ error: error.message, code: error.code }, { status: error.status, headers });
  }
}
