import http from 'node:http'
import https from 'node:https'
import type { Config } from '#server/config/config.ts'
import { findDestination } from '#server/outbound/check-destination.ts'
import { version } from '#server/version.ts'

const limitMs = 10_000

export type Outgoing = {
  method: string
  headers: Record<string, string>
  body?: string
  /** In bytes: whoever answers more is cut off. */
  longestAnswer: number
  /** What came until then, or until the time was over, is the answer; else it is an error. */
  cut?: boolean
}
export const userAgent = `Kontor/${version}`
export type Answered = { status: number; headers: http.IncomingHttpHeaders; body: Buffer }

/**
 * Sends a request to an address that the outside named (docs: security, outbound). No redirect is followed, no
 * connection is kept, ten seconds in all. @throws RefusedDestinationError, or what went wrong.
 */
export async function sendOut(config: Config, target: string, outgoing: Outgoing): Promise<Answered> {
  const { method, headers, body = '', longestAnswer, cut = false } = outgoing
  const signal = AbortSignal.timeout(limitMs)
  // A resolver that does not answer counts into the ten seconds too.
  const { url, address, family } = await Promise.race([findDestination(config, target), expiry(signal)])
  const { request } = url.protocol === 'https:' ? https : http
  return new Promise((resolve, reject) => {
    const sent = request(url, {
      method,
      agent: false,
      signal,
      headers: {
        ...(body === '' ? {} : { 'Content-Length': Buffer.byteLength(body) }),
        'User-Agent': userAgent,
        ...headers,
      },
      // The name stays for Host, SNI and the certificate; the address is the one that was checked.
      lookup: (_name, options, done) => (options.all ? done(null, [{ address, family }]) : done(null, address, family)),
    })
    sent.once('error', reject)
    sent.once('response', answer => {
      const chunks: Buffer[] = []
      let length = 0
      const finish = () =>
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(chunks) })
      if (cut) sent.off('error', reject).once('error', finish)
      answer.on('data', (chunk: Buffer) => {
        length += chunk.length
        if (length <= longestAnswer || cut) chunks.push(chunk)
        if (length <= longestAnswer) return
        if (cut) finish()
        sent.destroy(new Error('the answer is too long'))
      })
      answer.once('error', cut ? finish : reject)
      answer.once('end', finish)
    })
    sent.end(body)
  })
}

function expiry(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }))
}
