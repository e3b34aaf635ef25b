import type { Config } from '#server/config/config.ts'
import type { Reply } from '#server/outbound/attempt.ts'
import { sendOut } from '#server/outbound/send-out.ts'

const longestAnswer = 1024

/**
 * Posts JSON to an address that the outside named, as `sendOut` says. Of the answer the first KiB is read.
 * @throws RefusedDestinationError, or what went wrong.
 */
export async function postOut(
  config: Config,
  target: string,
  body: string,
  headers: Record<string, string> = {},
): Promise<Reply> {
  const outgoing = { method: 'POST', headers: { ...jsonHeaders, ...headers }, body, longestAnswer, cut: true }
  const answered = await sendOut(config, target, outgoing)
  return { status: answered.status, answer: textOf(answered.body) }
}

export const jsonHeaders = { 'Content-Type': 'application/json' }

// A character that was cut in two is left out, and a text in PostgreSQL has no NUL.
function textOf(body: Buffer): string {
  return new TextDecoder().decode(body.subarray(0, longestAnswer), { stream: true }).replaceAll('\0', '\ufffd')
}
