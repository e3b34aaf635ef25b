import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'kysely'
import { uuid7 } from '#server/crypto/uuid7.ts'
import { asOwner } from '#server/database/as-owner.ts'
import type { WorkspaceAddress } from '#server/database/workspaces.ts'
import type { ErasureKind } from '#server/features/audit-erasures/audit-erasure.ts'
import { eraseAuditLater } from '#server/features/audit-erasures/erase-audit.ts'
import { eraseEvents } from '#server/features/audit-erasures/erase-events.ts'
import { findWorkspaceBySlug } from '#server/features/workspaces/find-workspace.ts'
import { isHeld, underHold } from '#server/features/workspaces/legal-hold.ts'
import { problem } from '#server/http/problems.ts'
import type { Services } from '#server/services.ts'

export type Order = {
  slug: string
  /** An id, which may be of somebody who is gone, or the address of a member. */
  member: string
  what: ErasureKind[]
  reason: string
  onProgress: (done: number, total: number) => void
}

/** Asks for an erasure and sees it through: for the operator. Once it is killed, the worker goes on with it. */
export async function eraseNow(services: Services, { slug, member, what, reason, onProgress }: Order) {
  const workspace = await findWorkspaceBySlug(services, slug)
  if (!workspace) throw problem('not-found', `There is no workspace "${slug}".`)
  if (await isHeld(services, workspace.id)) throw underHold()
  const memberId = await findMember(services, workspace, member)
  if (!memberId) throw problem('not-found', `Nobody in "${slug}" is or was "${member}".`)
  const id = uuid7()
  await services.workspaces.system(workspace, db =>
    db.insertInto('audit_erasure').values({ id, member_id: memberId, what, reason }).execute(),
  )
  await eraseAuditLater(services, { workspaceId: workspace.id, erasureId: id }, 'killed')
  let state = await eraseEvents(services, workspace, id, { onProgress })
  while (state === 'unsettled') {
    await wait(1_000)
    state = await eraseEvents(services, workspace, id, { onProgress })
  }
  return asOwner(services, workspace.schema, db =>
    db
      .selectFrom('audit_erasure')
      .select(['id', 'member_id as memberId', 'status', 'failure'])
      .select(['size as totalCount', 'erased_count as erasedCount'])
      .where('id', '=', id)
      .executeTakeFirstOrThrow(),
  )
}

async function findMember({ workspaces }: Services, workspace: WorkspaceAddress, member: string) {
  const { rows } = await workspaces.system(workspace, db =>
    sql<{ id: string }>`select m.id from member m where m.email = lower(${member}) or m.id::text = lower(${member})
      union all select e.entity_id from audit_event e where e.entity = 'member' and e.entity_id = (
        case when ${member} ~* '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then ${member} end)::uuid
      limit 1`.execute(db),
  )
  return rows[0]?.id
}
