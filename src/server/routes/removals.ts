import type { FastifyPluginAsync, FastifyRequest } from 'fastify';
import { noteAudit } from '../audited.ts';
import type { AppContext } from '../context.ts';
import { checkManager, type Manager } from '../managers.ts';
import { kickOne, revokeOne, rotateOne } from '../removals.ts';
import type { RemovalRequest, RotateRequest } from '../requests.ts';
import { meetingParams, removalAnswer, removalBody, rotateAnswer, rotateBody } from '../schemas.ts';

interface OfMeeting {
  Params: { id: string };
}

const errors = { '4xx': { $ref: 'Error#' } } as const;
const common = {
  tags: ['manage'],
  security: [{ admin: [] }, { identity: [] }],
  params: meetingParams,
} as const;

/** Taking access back: for the admin, and for the hosts of the meeting. */
export function removalRoutes(context: AppContext): FastifyPluginAsync {
  return async app => {
    const managers = new WeakMap<FastifyRequest, Manager>();
    // Before the body is read, as for the other routes of managers.
    app.addHook<OfMeeting>('preParsing', async request => {
      const { headers, params } = request;
      const manager = await checkManager(context, headers, params.id, facts => noteAudit(request, facts));
      managers.set(request, manager);
    });

    const managerOf = (request: FastifyRequest): Manager => {
      const manager = managers.get(request);
      if (manager) return manager;
      throw new Error('a route of one meeting that nobody guarded');
    };

    app.post<OfMeeting & { Body: RemovalRequest }>(
      '/meetings/:id/kick',
      {
        config: { audit: 'kick' },
        schema: {
          ...common,
          summary:
            'Put somebody out; by what they are given anew they may come again, where access lets them',
          body: removalBody,
          response: { 200: removalAnswer, ...errors },
        },
      },
      request => {
        const { params, body } = request;
        noteAudit(request, { detail: body.uid });
        return kickOne(context, params.id, body.uid, managerOf(request));
      },
    );

    app.post<OfMeeting & { Body: RemovalRequest }>(
      '/meetings/:id/revoke',
      {
        config: { audit: 'revoke' },
        schema: {
          ...common,
          summary: 'Put somebody out for good, until they are invited or listed again',
          body: removalBody,
          response: { 200: removalAnswer, ...errors },
        },
      },
      async request => {
        const { params, body } = request;
        noteAudit(request, { detail: body.uid });
        return revokeOne(context, params.id, body.uid, managerOf(request));
      },
    );

    app.post<OfMeeting & { Body: RotateRequest | null | undefined }>(
      '/meetings/:id/rotate-key',
      {
        config: { audit: 'rotate-key' },
        schema: {
          ...common,
          summary: 'Give the link another key; whoever is inside stays, unless putOut says otherwise',
          body: rotateBody,
          response: { 200: rotateAnswer, ...errors },
        },
      },
      ({ params, body }) => rotateOne(context, params.id, body),
    );
  };
}
