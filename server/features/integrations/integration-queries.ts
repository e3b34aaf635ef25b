import type { Reader } from '#server/database/door.ts'
import type { WorkspaceAddress } from '#server/database/workspaces.ts'
import type { Integration } from '#server/features/integrations/integration.ts'
import { problem } from '#server/http/problems.ts'
import type { Services } from '#server/services.ts'

export const integrationColumns = [
  'integration.id',
  'integration.kind',
  'integration.name',
  'integration.token',
  'integration.actions',
  'integration.active',
  'integration.last_status as lastStatus',
  'integration.failures',
  'integration.retry_at as retryAt',
  'integration.created_at as createdAt',
  'integration.updated_at as updatedAt',
  'integration.version',
] as const

/** An integration as the API shows it: of its address, only the host. */
export function showIntegration<T extends Omit<Integration, 'host'> & { token: string }>(
  services: Services,
  workspace: WorkspaceAddress,
  row: T,
): Integration {
  const { token, ...shown } = row
  return { ...shown, host: new URL(services.sealer.open(tokenField(workspace, row.id), token)).host }
}

/** One integration, or the problem that there is none that the caller may read. */
export async function requireIntegration(
  db: Reader,
  services: Services,
  workspace: WorkspaceAddress,
  id: string,
): Promise<Integration> {
  const found = await db
    .rows('integration')
    .where('integration.id', '=', id)
    .select(integrationColumns)
    .executeTakeFirst()
  if (!found) throw problem('not-found')
  return showIntegration(services, workspace, found)
}

export function tokenField(workspace: WorkspaceAddress, id: string) {
  return { workspace: workspace.id, column: 'integration.token', row: id } as const
}
