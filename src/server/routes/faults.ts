import type { FastifyPluginAsync } from 'fastify';
import { MeetError } from '../../core/errors.ts';
import { noteAudit } from '../audited.ts';
import { checkAdmin } from '../bearer.ts';
import type { AppContext } from '../context.ts';
import { type FaultRequest, planFault } from '../fault-plan.ts';
import type { ActiveFault, FaultPort } from '../fault-port.ts';
import {
  clearFaultsAnswer,
  faultAnswer,
  faultBody,
  faultListAnswer,
  faultParams,
  removeFaultAnswer,
} from '../fault-schemas.ts';

const errors = { '4xx': { $ref: 'Error#' } } as const;
const common = { tags: ['faults'], security: [{ admin: [] }] } as const;

/** Makes the emulator misbehave on purpose, with the admin key. */
export function faultRoutes(context: AppContext): FastifyPluginAsync {
  return async app => {
    app.addHook('preParsing', async request => {
      // The id of a fault is none of a meeting, which the trail would take it for.
      noteAudit(request, { sessionId: undefined });
      await checkAdmin(request.headers, context);
      noteAudit(request, { proof: 'admin' });
    });

    app.post<{ Body: FaultRequest }>(
      '/faults',
      {
        config: { audit: 'fault' },
        schema: {
          ...common,
          summary: 'Let something go wrong',
          body: faultBody,
          response: { 201: faultAnswer, ...errors },
        },
      },
      async ({ body }, reply) => {
        const port = portOf(context);
        return reply.code(201).send(present(port.add(planFault(body, port.routes))));
      },
    );

    app.get(
      '/faults',
      {
        schema: { ...common, summary: 'What goes wrong now', response: { 200: faultListAnswer, ...errors } },
      },
      async () => ({
        faults: portOf(context).list().map(present),
        serverTime: new Date(context.now()).toISOString(),
      }),
    );

    app.delete<{ Params: { id: string } }>(
      '/faults/:id',
      {
        config: { audit: 'fault' },
        schema: {
          ...common,
          summary: 'Take one back',
          params: faultParams,
          response: { 200: removeFaultAnswer, ...errors },
        },
      },
      async request => {
        const { id } = request.params;
        noteAudit(request, { detail: `taken back: ${id}` });
        if (portOf(context).remove(id)) return { id };
        throw new MeetError(
          'FAULT_NOT_FOUND',
          `There is no fault ${id}; it may be over. See those there are with: meet fault list`,
        );
      },
    );

    app.delete(
      '/faults',
      {
        config: { audit: 'fault' },
        schema: { ...common, summary: 'Take all back', response: { 200: clearFaultsAnswer, ...errors } },
      },
      async request => {
        const cleared = portOf(context).clear();
        noteAudit(request, { detail: `all taken back: ${cleared}` });
        return { cleared };
      },
    );
  };
}

function portOf({ faults }: AppContext): FaultPort {
  if (faults) return faults;
  throw new MeetError('NO_EMULATOR', "Faults need the emulator; CometChat's cloud does as it likes.");
}

function present({ createdAt, until, ...fault }: ActiveFault) {
  const iso = (ms: number) => new Date(ms).toISOString();
  return { ...fault, createdAt: iso(createdAt), until: until === null ? null : iso(until) };
}
