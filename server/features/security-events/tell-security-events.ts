import { takeUpEvents } from '#server/features/security-events/take-up-events.ts'
import { tellWorkspaces } from '#server/features/security-events/tell-workspaces.ts'
import type { Services } from '#server/services.ts'

/**
 * Tells of what was recorded of accounts: the owner by mail, and the histories of their workspaces. Idempotent, and
 * whoever is killed at any point, or runs beside another, leaves nothing out and mails nothing twice.
 */
export async function tellSecurityEvents(services: Services, signal: AbortSignal = AbortSignal.any([])): Promise<void> {
  await takeUpEvents(services, signal)
  await tellWorkspaces(services, signal)
}
