import type { FastifyRequest } from 'fastify'
import type { Config } from '#server/config/config.ts'
import { cookieName } from '#server/http/authentication.ts'
import { problem } from '#server/http/problems.ts'

const safe = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Refuses a write that another site made the browser send: by Fetch Metadata, else by Origin. A write that carries
 * our cookie and neither of them is refused too; scripts use API tokens, or name the origin.
 * @param takesToken where an API token signs in, the cookie next to it counts for nothing; elsewhere, it counts.
 */
export function refuseCrossSite(config: Config, request: FastifyRequest, takesToken: boolean): void {
  if (safe.has(request.method) || (takesToken && request.headers.authorization !== undefined)) return
  const site = request.headers['sec-fetch-site']
  if (site !== undefined) {
    if (site === 'same-origin' || site === 'none') return
    throw problem('cross-site')
  }
  const origin = request.headers.origin
  if (origin !== undefined) {
    if (origin === config.publicUrl?.origin || origin === `${request.protocol}://${request.headers.host}`) return
    throw problem('cross-site')
  }
  if (request.cookies[cookieName(config)]) {
    throw problem(
      'cross-site',
      'A write with a session cookie needs the header Sec-Fetch-Site or Origin. Scripts: use an API token.',
    )
  }
}
