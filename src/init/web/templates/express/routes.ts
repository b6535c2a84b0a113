import type { NextFunction, Request, Response } from 'express';
import express from 'express';
import { admit, readAllowList } from './admission.ts';
import { issuePass } from './cometchat.ts';
import { currentUser } from './current-user.ts';
import { Refusal } from './refusal.ts';
import { createMeeting } from './store.ts';

/** `app.use(meetings)`: after your session, before anything that answers all requests. */
export const meetings = express.Router();

/** Makes a meeting. Its link is `/meet/<id>`. */
meetings.post(
  '/api/meetings',
  express.json({ limit: '100kb' }),
  answer(async request => {
    const user = await currentUser(request);
    const { id, expiresAt } = createMeeting(readAllowList(request.body, user));
    return { id, path: `/meet/${id}`, expiresAt: new Date(expiresAt).toISOString() };
  }),
);

/** May I join? 200, or 401, 403, 404 and 410 with the reason. */
meetings.post(
  '/api/meetings/:id/authorize',
  answer(async request => {
    const { expiresAt } = admit(await currentUser(request), request.params.id);
    return { ok: true, expiresAt: new Date(expiresAt).toISOString() };
  }),
);

/** The same question again, since a page may have skipped it; then the pass. */
meetings.post(
  '/api/meetings/:id/token',
  answer(async request => {
    const user = await currentUser(request);
    admit(user, request.params.id);
    return issuePass(user);
  }),
);

/** Express 4 does not wait for handlers, so what they throw is caught here. */
function answer(handle: (request: Request<{ id: string }>) => Promise<object>) {
  return async (request: Request<{ id: string }>, response: Response, next: NextFunction) => {
    // A pass is for one person, once.
    response.set('cache-control', 'no-store');
    try {
      response.json(await handle(request));
    } catch (error) {
      if (!(error instanceof Refusal)) return next(error);
      response.status(error.status).json({ error: error.message, code: error.code });
    }
  };
}
