import type { Reader } from '#server/database/door.ts'
import type { Workspace } from '#server/features/workspaces/workspace.ts'
import { problem } from '#server/http/problems.ts'
import type { Services } from '#server/services.ts'

/** The workspace as its members see it, or the problem that the caller may not. */
export async function requireWorkspace({ clock }: Pick<Services, 'clock'>, db: Reader): Promise<Workspace> {
  const row = await db
    .rows('workspace')
    .select([
      'workspace.id',
      'workspace.name',
      'workspace.slug',
      'workspace.plan',
      'workspace.audit_retention_days as days',
      'workspace.audit_shrinks_to as shrinksTo',
      'workspace.audit_shrinks_at as shrinksAt',
      'workspace.legal_hold as legalHold',
      'workspace.requires_second_factor as requiresSecondFactor',
      'workspace.delete_at as deleteAt',
      'workspace.created_at as createdAt',
      'workspace.updated_at as updatedAt',
      'workspace.version',
    ])
    .executeTakeFirst()
  if (!row) throw problem('not-found')
  const { days, shrinksTo, shrinksAt, ...rest } = row
  // It has shrunk, whenever the row is told so.
  const hasShrunk = shrinksAt !== null && Temporal.Instant.compare(clock.now(), shrinksAt) >= 0
  return {
    ...rest,
    auditRetentionDays: hasShrunk ? shrinksTo! : days,
    auditRetentionShrinksTo: hasShrunk ? null : shrinksTo,
    auditRetentionShrinksAt: hasShrunk ? null : shrinksAt,
  }
}
