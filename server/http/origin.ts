import type { FastifyRequest } from 'fastify'
import type { Config } from '#server/config/config.ts'
import type { Origin } from '#server/database/workspaces.ts'
import { checkText } from '#server/http/body.ts'
import { networkOf, plainAddress } from '#server/http/network.ts'
import { fieldProblem } from '#server/http/problems.ts'

export const reasonHeader = 'Audit-Reason'
const longestReason = 500

/** What the audit events of a request tell of it: its id, from where it came, and why, if its caller says so. */
export function originOf({ auditAddresses }: Pick<Config, 'auditAddresses'>, request: FastifyRequest): Origin {
  const address = { full: plainAddress, network: networkOf, off: () => undefined }[auditAddresses](request.ip)
  const reason = readReason(request)
  return { requestId: request.id, ...(address ? { address } : {}), ...(reason ? { reason } : {}) }
}

// Headers are ASCII; what a person says is not, so it comes percent-encoded (RFC 3986, section 2.1).
function readReason({ method, headers }: FastifyRequest): string | undefined {
  const given = headers[reasonHeader.toLowerCase()]
  if (given === undefined || method === 'GET' || method === 'HEAD') return undefined
  const pointer = `/headers/${reasonHeader}`
  const reason = decode(String(given), pointer).trim()
  if (reason.length > longestReason) throw fieldProblem(pointer, `must be at most ${longestReason} characters`)
  checkText(reason, pointer)
  return reason
}

function decode(text: string, pointer: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw fieldProblem(pointer, 'must be percent-encoded UTF-8')
  }
}
