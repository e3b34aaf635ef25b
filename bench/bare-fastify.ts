import fastify from 'fastify'
import { features } from '#server/features/index.ts'
import { withoutIds } from '#server/http/validation.ts'

/** What it answers at `/<route>`: the body of an answer of Kontor's. */
export type Answer = { route: string; operationId: string; body: string }

/**
 * A program of its own: Fastify with nothing between request and answer, which sends the same bytes as Kontor. At
 * `/buffer/<route>` they are ready; at `/json/<route>` they are serialised each time, with the schema of the operation.
 */
async function serve(answers: readonly Answer[]): Promise<void> {
  const app = fastify()
  const declared = features.flatMap(feature => feature.operations)
  for (const { route, operationId, body } of answers) {
    const bytes = Buffer.from(body)
    const value: unknown = JSON.parse(body)
    const returns = declared.find(({ id }) => id === operationId)?.returns
    const method = ['GET', 'POST', 'PATCH']
    app.route({
      method,
      url: `/buffer/${route}`,
      handler: (_request, reply) => void reply.type('application/json; charset=utf-8').send(bytes),
    })
    app.route({
      method,
      url: `/json/${route}`,
      ...(returns ? { schema: { response: { 200: withoutIds(returns) } } } : {}),
      handler: (_request, reply) => void reply.send(value),
    })
  }
  const url = await app.listen({ port: 0, host: '127.0.0.1' })
  process.send?.(Number(new URL(url).port))
}

if (process.send) process.once('message', message => void serve(message as Answer[]))
