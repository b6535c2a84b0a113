import { join } from 'node:path'
import serveStatic from '@fastify/static'
import Fastify from 'fastify'

const fastify = Fastify()

fastify.register(serveStatic, { root: join(import.meta.dirname, 'dist') })

// Every address that is no file is a page of the app's own.
fastify.setNotFoundHandler((request, reply) => reply.sendFile('index.html'))

await fastify.listen({ port: process.env.PORT ?? 3000 })
