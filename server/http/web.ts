import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { problem } from '#server/http/problems.ts'
import { serveDevelopmentMail } from '#server/mail/development-mail.ts'
import type { Services } from '#server/services.ts'

const dist = join(import.meta.dirname, '../../web/dist')

/** The web client: hashed files for ever, and its one page for every address that a person can open. */
export async function serveWeb(app: FastifyInstance, services: Services): Promise<void> {
  serveDevelopmentMail(app, services.config)
  const index = join(dist, 'index.html')
  if (!existsSync(index)) {
    services.log.warn('the web client is not built: run `npm run build`')
    return
  }
  await app.register(fastifyStatic, {
    root: join(dist, 'assets'),
    prefix: '/assets/',
    index: false,
    immutable: true,
    maxAge: '365d',
    decorateReply: false,
  })
  app.get('/favicon.svg', async (_request, reply) => {
    reply.header('Cache-Control', 'max-age=86400').type('image/svg+xml')
    return reply.send(await readFile(join(dist, 'favicon.svg')))
  })
  // Read each time: it names the files of a build, and a new build may come while this server runs.
  app.get('/*', async (request, reply) => {
    if (request.url.startsWith('/api/') || request.url.startsWith('/assets/'))
      throw problem('not-found', 'There is nothing at this address.')
    return reply
      .header('Cache-Control', 'no-cache')
      .type('text/html; charset=utf-8')
      .send(await readFile(index))
  })
}
