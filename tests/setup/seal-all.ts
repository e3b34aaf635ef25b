import type { WorkspaceAddress } from '#server/database/workspaces.ts'
import { sealEvents } from '#server/features/audit/seal.ts'
import type { Services } from '#server/services.ts'

/**
 * Seals every event that has committed. What other tests of the run have open in the same PostgreSQL can keep events
 * unsettled for a moment.
 */
export async function sealAll(services: Services, workspace: WorkspaceAddress): Promise<void> {
  for (let tries = 0; tries < 1000; tries++) {
    if ((await sealEvents(services, workspace)).left === 'nothing') return
    await new Promise(resolve => setTimeout(resolve, 20))
  }
  throw new Error('some transaction stays open: the events behind it are never sealed')
}
