import type { FastifyInstance } from 'fastify'

/** Whether requests can be served now; the sentence says why not. */
export type Readiness = () => Promise<{ ready: boolean; reason?: string }>

/** `live`: the process answers. `ready`: migrated, and the database answers. */
export function serveHealth(app: FastifyInstance, readiness: Readiness): void {
  app.get('/api/health/live', { logLevel: 'warn' }, async () => ({ status: 'live' }))
  app.get('/api/health/ready', { logLevel: 'warn' }, async (_request, reply) => {
    const { ready, reason } = await readiness()
    if (ready) return { status: 'ready' }
    return reply.code(503).header('Retry-After', '2').send({ status: 'not ready', reason })
  })
}
