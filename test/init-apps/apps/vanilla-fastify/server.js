const { join } = require('node:path');
const fastify = require('fastify')({ logger: false });

fastify.register(require('@fastify/static'), { root: join(__dirname, 'dist') });

fastify.setNotFoundHandler((request, reply) => reply.sendFile('index.html'));

fastify.listen({ port: process.env.PORT || 3000 }, error => {
  if (error) throw error;
});
