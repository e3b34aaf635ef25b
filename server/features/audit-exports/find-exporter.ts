import { sql } from 'kysely'
import type { Credential, WorkspaceAddress } from '#server/database/workspaces.ts'
import type { AsExporter } from '#server/features/audit-exports/read-leaves.ts'
import { problem } from '#server/http/problems.ts'
import type { Services } from '#server/services.ts'

/** Reads as whoever the export is for, and tells the history of it, once. */
export type Exporter = { as: AsExporter; tell(size: number, count: number): Promise<void> }

type Begun = {
  id: string
  format: string
  filters: unknown
  memberId: string | null
  tokenId: string | null
  scheduleId: string | null
}

/** Whoever asked, with what they may do at each page; what a schedule makes is the workspace's own. */
export async function findExporter(services: Services, workspace: WorkspaceAddress, begun: Begun): Promise<Exporter> {
  const { workspaces } = services
  const facts = (size: number, count: number) => ({ format: begun.format, filters: begun.filters, count, size })
  const job = 'audit-export'
  if (begun.scheduleId !== null)
    return {
      as: work => workspaces.system(workspace, db => work(() => db.selectFrom('audit_event'))),
      tell: (size, total_count) =>
        workspaces.system(
          workspace,
          async db => {
            const told = await db
              .updateTable('audit_export')
              .set({ total_count })
              .where('id', '=', begun.id)
              .where('total_count', 'is', null)
              .executeTakeFirst()
            if (told.numUpdatedRows === 1n)
              await sql`select record_audit_action_:schema('exported', ${JSON.stringify(facts(size, total_count))}::text::jsonb)`.execute(
                db,
              )
          },
          job,
        ),
    }
  const credential = await findCredential(services, workspace, begun)
  return {
    as: work =>
      workspaces.read(workspace, credential, async db => {
        await db.requirePlaces('audit_export', [])
        return work(() => db.rows('audit'))
      }),
    tell: (size, total_count) =>
      workspaces.transact(workspace, credential, { requestId: begun.id, job }, async db => {
        const told = await db
          .update('audit_export', 'write')
          .set({ size, total_count })
          .where('audit_export.id', '=', begun.id)
          .where('audit_export.total_count', 'is', null)
          .executeTakeFirst()
        if (told.numUpdatedRows === 1n) await db.recordAuditAction('exported', facts(size, total_count))
      }),
  }
}

async function findCredential(
  { workspaces }: Services,
  workspace: WorkspaceAddress,
  { memberId, tokenId }: Begun,
): Promise<Credential> {
  if (memberId === null) throw problem('not-found')
  if (tokenId === null) return { memberId }
  const token = await workspaces.system(workspace, db =>
    db.selectFrom('api_token').select('token_hash').where('id', '=', tokenId).executeTakeFirst(),
  )
  if (!token) throw problem('not-signed-in')
  return { tokenHash: token.token_hash }
}
