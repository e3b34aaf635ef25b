import type { AuditEvent } from '#client'
import type { Messages } from '#web/messages/en.ts'

type Special = keyof Messages['audit']['special']

/** What has a sentence of its own, because "changed the workspace" would not say it. */
export function specialOf({ action, changes }: Pick<AuditEvent, 'action' | 'changes'>): Special | undefined {
  if (action === 'sign_on.created') return 'connected'
  if (action === 'sign_on.deleted') return 'disconnected'
  const [field, another] = Object.keys(changes)
  if (another !== undefined) return undefined
  const to = changes[field ?? '']?.to
  if (action === 'sign_on.updated') return signOnFields[field ?? '']
  if (action !== 'workspace.updated') return undefined
  if (field === 'deleteAt') return to === null ? 'kept' : 'closed'
  if (field === 'legalHold') return to === true ? 'held' : 'released'
  if (field === 'requiresSecondFactor') return to === true ? 'factorAsked' : 'factorLeft'
  return undefined
}

const signOnFields: Record<string, Special> = { domains: 'domains', verifiedDomains: 'verifiedDomains' }
