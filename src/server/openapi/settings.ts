import type { FastifyDynamicSwaggerOptions } from '@fastify/swagger';
import { completeDocument } from './complete.ts';
import type { ApiDocument } from './document.ts';

/** Settings of @fastify/swagger: the document comes from the same schemas that check the requests. */
export const OPENAPI: FastifyDynamicSwaggerOptions = {
  // Without a tag it is not ours: the emulator's routes and files.
  hideUntagged: true,
  openapi: {
    openapi: '3.1.0',
    info: {
      title: 'meet',
      description: 'Meeting links for CometChat call sessions',
      version: '1',
    },
    components: {
      securitySchemes: {
        admin: {
          type: 'http',
          scheme: 'bearer',
          description: 'The admin key of the data folder, or the token of POST /api/admin/session',
        },
        identity: { type: 'http', scheme: 'bearer', description: 'The token of POST /api/identity' },
      },
    },
  },
  // Named as in the code instead of def-0.
  refResolver: {
    buildLocalReference: ({ $id }, _base, _fragment, index) => String($id ?? `schema-${index}`),
  },
  transformObject: given => {
    if ('openapiObject' in given) completeDocument(given.openapiObject as unknown as ApiDocument);
    return 'openapiObject' in given ? given.openapiObject : given.swaggerObject;
  },
};
