import { type Kysely, sql } from 'kysely'
import { uuid7 } from '#server/crypto/uuid7.ts'
import type { WorkspaceTables } from '#server/database/tables.gen.ts'
import type { WorkspaceAddress } from '#server/database/workspaces.ts'
import { type Position, readEvents } from '#server/events/follow.ts'
import { tellOwner } from '#server/features/api-tokens/tell-owner.ts'
import { type Candidate, findRecipients } from '#server/features/notifications/find-recipients.ts'
import { queueMorning } from '#server/features/notifications/queue-morning.ts'
import { whoMayRead } from '#server/features/notifications/who-may-read.ts'
import type { Services } from '#server/services.ts'

const atOnce = 100
// What makes a task due, or somebody a reader of digests.
const decides = new Set(['task', 'member'])

/**
 * Turns the workspace's next events into notifications, and into mail for the owner of a token that moved. Events and
 * position are in one transaction, and the same notification is stored once, so a repetition does no harm.
 * @returns whether there may be more to read.
 */
export async function notifyNext(
  services: Services,
  workspace: WorkspaceAddress,
): Promise<'more' | 'unsettled' | 'done'> {
  const { at, batch, candidates } = await services.workspaces.system(workspace, async db => {
    const position = await findPosition(db)
    const next = await readEvents(db, position, atOnce)
    const members = await db.selectFrom('member').select(['id', 'name']).where('active', '=', true).execute()
    const found: Candidate[] = []
    for (const event of next.events) found.push(...(await findRecipients(db, event, members)))
    return { at: position, batch: next, candidates: found }
  })
  const last = batch.events.at(-1)
  if (!last) return batch.unsettled ? 'unsettled' : 'done'
  for (const event of batch.events) await tellOwner(services, workspace, event)
  const allowed = await whoMayRead(services, workspace, candidates)
  await services.workspaces.system(workspace, async db => {
    const { numUpdatedRows } = await db
      .updateTable('workspace')
      .set({ notified_xid: last.position.xid, notified_seq: last.position.seq })
      .where('notified_xid', '=', at.xid)
      .where('notified_seq', '=', at.seq)
      .executeTakeFirst()
    // Another worker was faster; what it stored is the same.
    if (numUpdatedRows === 1n) await store(db, allowed)
    // Before the commit: whoever is killed in between has queued a job too many, and none too few.
    if (allowed.length > 0 || batch.events.some(event => decides.has(event.entity)))
      await queueMorning(services, workspace, db)
  })
  return batch.events.length === atOnce ? 'more' : batch.unsettled ? 'unsettled' : 'done'
}

async function findPosition(db: Kysely<WorkspaceTables>): Promise<Position> {
  return db
    .selectFrom('workspace')
    .select([sql<string>`notified_xid::text`.as('xid'), 'notified_seq as seq'])
    .executeTakeFirstOrThrow()
}

async function store(db: Kysely<WorkspaceTables>, candidates: readonly Candidate[]): Promise<void> {
  if (candidates.length === 0) return
  const rows = candidates.map(({ memberId, kind, taskId, event }) => ({
    id: uuid7(),
    member_id: memberId,
    event_id: event.id,
    kind,
    task_id: taskId,
    actor_id: event.memberId,
    created_at: event.at,
  }))
  // A member or a task that went meanwhile takes its notification along.
  await sql`insert into notification (id, member_id, event_id, kind, task_id, actor_id, created_at)
    select n.id, n.member_id, n.event_id, n.kind, n.task_id, a.id, n.created_at
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as n (id uuid, member_id uuid, event_id uuid, kind text, task_id uuid, actor_id uuid, created_at timestamptz)
    join member m on m.id = n.member_id
    join task t on t.id = n.task_id
    left join member a on a.id = n.actor_id
    on conflict do nothing`.execute(db)
}
