import type { Config } from '#server/config/config.ts'
import { sendOut } from '#server/outbound/send-out.ts'

const longestAnswer = 65_536

/**
 * Posts JSON to an address that the outside named, as `sendOut` says.
 * @returns the status of the answer. @throws RefusedDestinationError, or what went wrong.
 */
export async function postOut(
  config: Config,
  target: string,
  body: string,
  headers: Record<string, string> = {},
): Promise<number> {
  const outgoing = { method: 'POST', headers: { 'Content-Type': 'application/json', ...headers }, body, longestAnswer }
  return (await sendOut(config, target, outgoing)).status
}
