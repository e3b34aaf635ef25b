import { sql } from 'kysely'
import type { Plan } from '#server/config/config.ts'
import { asOwner } from '#server/database/as-owner.ts'
import type { PlatformDatabase } from '#server/database/platform.ts'
import { findShrinking } from '#server/features/audit-retention/find-shrinking.ts'
import { tellOfShrinking } from '#server/features/audit-retention/shrinking-mails.ts'
import { slugTaken } from '#server/features/workspaces/directory-queries.ts'
import { problem } from '#server/http/problems.ts'
import type { Services } from '#server/services.ts'

// Name, slug, plan, the day of its deletion, a legal hold, and whether it asks for second factors stand in the directory,
// which is asked first, and in the workspace's own row, whose changes are audited. A change goes to the directory with a
// mark; the mark goes when both agree. What a crash leaves marked, `catchUpMarked` brings into the workspace.

type Shared = {
  name?: string
  slug?: string
  plan?: Plan
  requires_second_factor?: boolean
  delete_at?: string | null
  legal_hold?: boolean
}

/** Changes the directory and marks the workspace as not yet caught up. Returns the mark. */
export async function changeDirectory(
  { platform, sealer }: Services,
  workspaceId: string,
  values: Shared,
): Promise<string> {
  const field = { workspace: 'platform' as const, column: 'workspace.provisioning' as const, row: workspaceId }
  const mark = sealer.seal(field, JSON.stringify(values))
  if (values.slug !== undefined && (await isTaken(platform.db, workspaceId, values.slug))) throw slugTaken()
  const { numUpdatedRows } = await platform.db
    .updateTable('workspace')
    // When events leave the history hangs on the plan: somebody has to look again.
    .set({ ...values, provisioning: mark, ...(values.plan === undefined ? {} : { audit_due_at: null }) })
    .where('id', '=', workspaceId)
    .where('status', '=', 'active')
    .executeTakeFirst()
  // It is being deleted at this moment.
  if (numUpdatedRows === 0n) throw problem('not-found')
  return mark
}

// The unique index decides in the end; asking first keeps the usual case out of the error log.
async function isTaken(db: PlatformDatabase, workspaceId: string, slug: string): Promise<boolean> {
  const row = await db
    .selectFrom('workspace')
    .select('id')
    .where('slug', '=', slug)
    .where('id', '<>', workspaceId)
    .executeTakeFirst()
  return row !== undefined
}

/** Says that both agree, unless another change came in between. */
export async function clearMark({ platform }: Services, workspaceId: string, mark: string): Promise<void> {
  await platform.db
    .updateTable('workspace')
    .set({ provisioning: null })
    .where('id', '=', workspaceId)
    .where('provisioning', '=', mark)
    .where('status', '=', 'active')
    .execute()
}

/**
 * Brings what the directory says into the workspace. Idempotent. The plan and a hold decide what the history keeps, which
 * no login of a workspace does: it is written by the one that builds workspaces.
 * @param reason of an operator.
 */
export async function catchUp(services: Services, workspaceId: string, reason = ''): Promise<void> {
  const { platform, clock } = services
  const address = await platform.db
    .selectFrom('workspace')
    .select(['id', 'slug', 'schema', 'login_key as loginKey'])
    .where('id', '=', workspaceId)
    .executeTakeFirstOrThrow()
  const { mark, shrinking } = await asOwner(services, address.schema, async db => {
    await sql`select set_config('kontor.job', 'directory', true), set_config('kontor.reason', ${reason}, true),
      set_config('kontor.now', ${clock.stoppedAt() ?? ''}, true)`.execute(db)
    // A change on its way holds this row until it commits, so the directory is read after it.
    await db.selectFrom('workspace').select('id').forUpdate().execute()
    const { provisioning, ...shared } = await platform.db
      .selectFrom('workspace')
      .select(['name', 'slug', 'plan', 'requires_second_factor', 'delete_at', 'legal_hold', 'provisioning'])
      .where('id', '=', workspaceId)
      .executeTakeFirstOrThrow()
    await db
      .updateTable('workspace')
      .set(shared)
      .where(
        sql<boolean>`(name, slug, plan, requires_second_factor, delete_at, legal_hold) is distinct from (${shared.name},
          ${shared.slug}, ${shared.plan}, ${shared.requires_second_factor}::boolean, ${shared.delete_at}::timestamptz,
          ${shared.legal_hold}::boolean)`,
      )
      .execute()
    return { mark: provisioning, shrinking: await findShrinking(db) }
  })
  if (!mark) return
  // Before the mark goes: who is killed in between tells them again.
  if (shrinking && isOfPlan(services, workspaceId, mark)) await tellOfShrinking(services, address, shrinking)
  await clearMark(services, workspaceId, mark)
}

function isOfPlan({ sealer }: Services, workspaceId: string, mark: string): boolean {
  const field = { workspace: 'platform' as const, column: 'workspace.provisioning' as const, row: workspaceId }
  return 'plan' in JSON.parse(sealer.open(field, mark))
}

/** Finishes the changes that a crash left in the directory alone. */
export async function catchUpMarked(services: Services): Promise<void> {
  const rows = await services.platform.db
    .selectFrom('workspace')
    .select('id')
    .where('status', '=', 'active')
    .where('provisioning', 'is not', null)
    .execute()
  for (const { id } of rows) {
    await catchUp(services, id).catch(error =>
      services.log.error({ err: error, workspace: id }, 'a workspace could not catch up with the directory'),
    )
  }
}
