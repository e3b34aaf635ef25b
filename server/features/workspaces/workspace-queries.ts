import type { Reader } from '#server/database/door.ts'
import { auditRetentionDays, type Workspace } from '#server/features/workspaces/workspace.ts'
import { problem } from '#server/http/problems.ts'

/** The workspace as its members see it, or the problem that the caller may not. */
export async function requireWorkspace(db: Reader): Promise<Workspace> {
  const row = await db
    .rows('workspace')
    .select([
      'workspace.id',
      'workspace.name',
      'workspace.slug',
      'workspace.plan',
      'workspace.requires_second_factor as requiresSecondFactor',
      'workspace.delete_at as deleteAt',
      'workspace.created_at as createdAt',
      'workspace.updated_at as updatedAt',
      'workspace.version',
    ])
    .executeTakeFirst()
  if (!row) throw problem('not-found')
  return { ...row, auditRetentionDays: auditRetentionDays[row.plan] }
}
