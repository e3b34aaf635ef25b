import type { FastifyInstance } from 'fastify'
import { problem } from '#server/http/problems.ts'

export type Readiness = {
  /** False until everything is migrated: until then no operation is let in. */
  hasStarted(): boolean
  /** Whether requests can be served now; the sentence says why not. */
  check(): Promise<{ ready: boolean; reason?: string }>
}

/** `live`: the process answers. `ready`: migrated, and the database answers. */
export function serveHealth(app: FastifyInstance, readiness: Readiness): void {
  app.addHook('onRequest', async request => {
    const isOperation = request.url.startsWith('/api/') && !/^\/api\/(health|schema)(\/|$)/.test(request.url)
    if (isOperation && !readiness.hasStarted())
      throw problem('busy', 'The server is starting.', { retryAfterSeconds: 2 })
  })
  app.get('/api/health/live', { logLevel: 'warn' }, async () => ({ status: 'live' }))
  app.get('/api/health/ready', { logLevel: 'warn' }, async (_request, reply) => {
    const { ready, reason } = await readiness.check()
    if (ready) return { status: 'ready' }
    return reply.code(503).header('Retry-After', '2').send({ status: 'not ready', reason })
  })
}
