import type { FastifyInstance } from 'fastify'
import type { Config } from '#server/config/config.ts'

const pageContent =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
// Swagger UI and ReDoc set style attributes, and ReDoc searches in a worker of its own.
const docsContent =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; worker-src 'self' blob:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

/** The headers that keep a browser from doing what nobody meant. On every answer, errors included. */
export function addHeaders(app: FastifyInstance, config: Config): void {
  const secure = config.publicUrl?.protocol === 'https:'
  app.addHook('onSend', (request, reply, _payload, done) => {
    const path = request.url
    reply.header('X-Content-Type-Options', 'nosniff')
    reply.header('Referrer-Policy', 'same-origin')
    reply.header('Cross-Origin-Opener-Policy', 'same-origin')
    reply.header('Cross-Origin-Resource-Policy', 'same-origin')
    reply.header('X-Frame-Options', 'DENY')
    if (secure) reply.header('Strict-Transport-Security', 'max-age=31536000; includeSubDomains')
    if (!reply.hasHeader('Content-Security-Policy')) {
      reply.header(
        'Content-Security-Policy',
        /^\/api\/schema\/(swagger-ui|redoc)/.test(path) ? docsContent : pageContent,
      )
    }
    if (path.startsWith('/api/') && !reply.hasHeader('Cache-Control')) reply.header('Cache-Control', 'no-store')
    reply.header('X-Request-Id', request.id)
    done()
  })
}
