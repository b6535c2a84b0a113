import type { FastifyPluginAsync, FastifyRequest } from 'fastify';
import { type AuditFacts, noteAudit } from '../audited.ts';
import { checkAdmin } from '../bearer.ts';
import type { AppContext } from '../context.ts';
import { createMeeting, endOne, inviteOne, listMeetings, patchOne } from '../management.ts';
import { checkManager, type Manager } from '../managers.ts';
import { putOut } from '../removals.ts';
import type { CreateRequest, InviteRequest, PatchRequest } from '../requests.ts';
import {
  changeAnswer,
  createAnswer,
  createBody,
  emptyBody,
  inviteAnswer,
  inviteBody,
  listAnswer,
  meetingParams,
  patchBody,
} from '../schemas.ts';

interface OfMeeting {
  Params: { id: string };
}

const errors = { '4xx': { $ref: 'Error#' } } as const;
const common = { tags: ['manage'], security: [{ admin: [] }] } as const;
const ofHosts = { tags: ['manage'], security: [{ admin: [] }, { identity: [] }] } as const;

/**
 * What the host application or the CLI does with the admin key, and an admin's page with its session; of one meeting its
 * hosts too.
 */
export function meetingRoutes(context: AppContext): FastifyPluginAsync {
  return async app => {
    // Before the body is read, so that only who may know learns what is wrong with it; after the rate limit, which is an
    // onRequest hook of the route, so that guesses count.
    const managers = new WeakMap<FastifyRequest, Manager>();
    app.addHook<OfMeeting>('preParsing', async request => {
      const { headers, params } = request;
      if (params.id === undefined) {
        await checkAdmin(headers, context);
        noteAudit(request, { proof: 'admin' });
      } else {
        const note = (facts: AuditFacts) => noteAudit(request, facts);
        managers.set(request, await checkManager(context, headers, params.id, note));
      }
    });
    const managerOf = (request: FastifyRequest): Manager => {
      const manager = managers.get(request);
      if (manager) return manager;
      throw new Error('a route of one meeting that nobody guarded');
    };

    app.post<{ Body: CreateRequest }>(
      '/meetings',
      {
        config: { audit: 'create' },
        schema: {
          ...common,
          summary: 'Create a meeting, or get the same one again',
          body: createBody,
          response: { 200: createAnswer, 201: createAnswer, ...errors },
        },
      },
      async (request, reply) => {
        const facts = await createMeeting(context, request.body);
        const { sessionId, created, access, was } = facts;
        const how = created ? 'new' : was === 'ended' ? 'reopened' : 'there before';
        noteAudit(request, { sessionId, detail: `${how}, access ${access}` });
        return reply.code(facts.created ? 201 : 200).send(facts);
      },
    );

    app.get(
      '/meetings',
      {
        config: { audit: 'list' },
        schema: { ...common, summary: 'All meetings', response: { 200: listAnswer, ...errors } },
      },
      () => listMeetings(context),
    );

    app.patch<OfMeeting & { Body: PatchRequest }>(
      '/meetings/:id',
      {
        config: { audit: 'patch' },
        schema: {
          ...ofHosts,
          summary:
            'Change a meeting; a null startsAt or allow takes it back. Hosts: title, expiry, and a list to allow',
          params: meetingParams,
          body: patchBody,
          response: { 200: changeAnswer, ...errors },
        },
      },
      async request => {
        const { params, body } = request;
        noteAudit(request, { detail: Object.keys(body).join(', ') });
        const facts = await patchOne(context, params.id, body, managerOf(request));
        return { ...facts, ...(await putOut(context, facts.sessionId)) };
      },
    );

    app.post<OfMeeting>(
      '/meetings/:id/end',
      {
        config: { audit: 'end' },
        schema: {
          ...ofHosts,
          summary: 'End a meeting: nobody gets in any more, and who is inside is put out',
          params: meetingParams,
          body: emptyBody,
          response: { 200: changeAnswer, ...errors },
        },
      },
      async ({ params }) => {
        const facts = await endOne(context, params.id);
        return { ...facts, ...(await putOut(context, facts.sessionId)) };
      },
    );

    app.post<OfMeeting & { Body: InviteRequest }>(
      '/meetings/:id/invites',
      {
        config: { audit: 'invite' },
        schema: {
          ...ofHosts,
          summary: 'A link that opens the meeting as one user',
          params: meetingParams,
          body: inviteBody,
          response: { 201: inviteAnswer, ...errors },
        },
      },
      async (request, reply) => {
        const { params, body } = request;
        const answer = await inviteOne(context, params.id, body, managerOf(request));
        noteAudit(request, { detail: `for ${answer.uid}, ${answer.role}, until ${answer.expiresAt}` });
        return reply.code(201).send(answer);
      },
    );
  };
}
