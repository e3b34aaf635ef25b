import type { CustomFetch } from 'openid-client'
import type { Config } from '#server/config/config.ts'
import { RefusedDestinationError } from '#server/outbound/check-destination.ts'
import { sendOut } from '#server/outbound/send-out.ts'

const longestAnswer = 262_144

/** Nobody answered in time, or not as a provider that works does. */
export class UnansweredError extends Error {
  override name = 'UnansweredError'
}

/** `fetch` for openid-client that dials only what may be dialled. */
export function fetchOut(config: Config): CustomFetch {
  return async (url, { method, headers: { 'user-agent': _, ...headers }, body }) => {
    const outgoing = { method, headers, body: body ? String(body) : '', longestAnswer }
    const answered = await sendOut(config, url, outgoing).catch(error => {
      throw error instanceof RefusedDestinationError ? error : new UnansweredError(reasonOf(error))
    })
    if (answered.status < 200 || answered.status > 499)
      throw new UnansweredError(`${new URL(url).host} answered ${answered.status}`)
    const hasNoBody = [204, 205, 304].includes(answered.status)
    const told = ['content-type', 'www-authenticate'].flatMap(name => {
      const value = answered.headers[name]
      return typeof value === 'string' ? [[name, value] as [string, string]] : []
    })
    return new Response(hasNoBody ? null : new Uint8Array(answered.body), { status: answered.status, headers: told })
  }
}

function reasonOf(error: Error & { code?: string }): string {
  return error.name === 'TimeoutError' ? 'no answer within 10 seconds' : (error.code ?? error.message)
}
