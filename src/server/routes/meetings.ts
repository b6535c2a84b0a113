import type { FastifyPluginAsync } from 'fastify';
import { checkAdmin } from '../bearer.ts';
import type { AppContext } from '../context.ts';
import { createMeeting, endOne, inviteOne, listMeetings, patchOne } from '../management.ts';
import type { CreateRequest, InviteRequest, PatchRequest } from '../requests.ts';
import {
  createAnswer,
  createBody,
  emptyBody,
  inviteAnswer,
  inviteBody,
  listAnswer,
  meetingAnswer,
  meetingParams,
  patchBody,
} from '../schemas.ts';

interface OfMeeting {
  Params: { id: string };
}

const errors = { '4xx': { $ref: 'Error#' } } as const;
const common = { tags: ['manage'], security: [{ admin: [] }] } as const;

/** What the host application or the CLI does with the admin key, and an admin's page with its session. */
export function meetingRoutes(context: AppContext): FastifyPluginAsync {
  return async app => {
    // Before the body is read, so that only who may know learns what is wrong with it; after the rate limit, which is an
    // onRequest hook of the route, so that guesses count.
    app.addHook('preParsing', async ({ headers }) => checkAdmin(headers, context));

    app.post<{ Body: CreateRequest }>(
      '/meetings',
      {
        schema: {
          ...common,
          summary: 'Create a meeting, or get the same one again',
          body: createBody,
          response: { 200: createAnswer, 201: createAnswer, ...errors },
        },
      },
      async ({ body }, reply) => {
        const facts = await createMeeting(context, body);
        return reply.code(facts.created ? 201 : 200).send(facts);
      },
    );

    app.get(
      '/meetings',
      { schema: { ...common, summary: 'All meetings', response: { 200: listAnswer, ...errors } } },
      () => listMeetings(context),
    );

    app.patch<OfMeeting & { Body: PatchRequest }>(
      '/meetings/:id',
      {
        schema: {
          ...common,
          summary: 'Change a meeting; a null startsAt or allow takes it back',
          params: meetingParams,
          body: patchBody,
          response: { 200: meetingAnswer, ...errors },
        },
      },
      ({ params, body }) => patchOne(context, params.id, body),
    );

    app.post<OfMeeting>(
      '/meetings/:id/end',
      {
        schema: {
          ...common,
          summary: 'End a meeting: nobody gets in any more',
          params: meetingParams,
          body: emptyBody,
          response: { 200: meetingAnswer, ...errors },
        },
      },
      ({ params }) => endOne(context, params.id),
    );

    app.post<OfMeeting & { Body: InviteRequest }>(
      '/meetings/:id/invites',
      {
        schema: {
          ...common,
          summary: 'A link that opens the meeting as one user',
          params: meetingParams,
          body: inviteBody,
          response: { 201: inviteAnswer, ...errors },
        },
      },
      async ({ params, body }, reply) => reply.code(201).send(await inviteOne(context, params.id, body)),
    );
  };
}
