import type { FastifyInstance, FastifyReply } from 'fastify';
import { admit, readAllowList } from './admission.ts';
import { issuePass } from './cometchat.ts';
import { currentUser } from './current-user.ts';
import { Refusal } from './refusal.ts';
import { createMeeting } from './store.ts';

/** `app.register(meetings)`: after your session. */
export async function meetings(app: FastifyInstance) {
  app.setErrorHandler((error, _request, reply: FastifyReply) => {
    // What is not ours goes on to your own handler.
    if (!(error instanceof Refusal)) throw error;
    reply.code(error.status).send({ error: error.message, code: error.code });
  });

  // A pass is for one person, once.
  app.addHook('onRequest', async (_request, reply) => {
    reply.header('cache-control', 'no-store');
  });

  /** Makes a meeting. Its link is `/meet/<id>`. */
  app.post('/api/meetings', async request => {
    const user = await currentUser(request);
    const { id, expiresAt } = createMeeting(readAllowList(request.body, user));
    return { id, path: `/meet/${id}`, expiresAt: new Date(expiresAt).toISOString() };
  });

  /** May I join? 200, or 401, 403, 404 and 410 with the reason. */
  app.post<{ Params: { id: string } }>('/api/meetings/:id/authorize', async request => {
    const { expiresAt } = admit(await currentUser(request), request.params.id);
    return { ok: true, expiresAt: new Date(expiresAt).toISOString() };
  });

  /** The same question again, since a page may have skipped it; then the pass. */
  app.post<{ Params: { id: string } }>('/api/meetings/:id/token', async request => {
    const user = await currentUser(request);
    admit(user, request.params.id);
    return issuePass(user);
  });
}
