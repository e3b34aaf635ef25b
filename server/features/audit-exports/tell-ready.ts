import { type Kysely, sql } from 'kysely'
import type { WorkspaceTables } from '#server/database/tables.gen.ts'
import type { WorkspaceAddress } from '#server/database/workspaces.ts'
import type { Services } from '#server/services.ts'

type Made = {
  id: string
  format: string
  from_index: number
  size: number
  size_bytes: number
  sha256: string
  expires_at: string
  schedule_id: string
}

/**
 * An event for the webhook of a schedule: where the file is, and what it is known by. Who opens the address signs in or
 * brings a token, so the event itself gives nothing away.
 */
export async function tellReady(
  { config }: Services,
  { slug }: WorkspaceAddress,
  db: Kysely<WorkspaceTables>,
  { id, ...made }: Made,
): Promise<void> {
  const schedule = await db
    .selectFrom('audit_export')
    .select('webhook_id')
    .where('id', '=', made.schedule_id)
    .executeTakeFirst()
  if (!schedule?.webhook_id) return
  const path = `/api/workspaces/${slug}/audit-exports/${id}/content`
  const url = config.publicUrl ? new URL(path, config.publicUrl).href : path
  const facts = { export_id: id, ...made, webhook_id: schedule.webhook_id, url }
  await sql`select record_audit_action_:schema('export_ready', ${JSON.stringify(facts)}::text::jsonb)`.execute(db)
}
