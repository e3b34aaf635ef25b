import { type Kysely, sql } from 'kysely'
import { uuid7 } from '#server/crypto/uuid7.ts'
import type { WorkspaceTables } from '#server/database/tables.gen.ts'
import type { WorkspaceAddress } from '#server/database/workspaces.ts'
import { morningOf } from '#server/features/notifications/morning.ts'
import { whoMayRead } from '#server/features/notifications/who-may-read.ts'
import type { Services } from '#server/services.ts'

/**
 * Tells the assignees of open tasks that they are due today: each once for a task and its day, whatever becomes of it.
 * Whoever made it so themselves since this morning knows it.
 */
export async function notifyDue(
  services: Services,
  workspace: WorkspaceAddress,
  today: Temporal.PlainDate,
): Promise<void> {
  const morning = morningOf(today)
  const found = await services.workspaces.system(workspace, db => findDue(db, today, morning))
  const allowed = await whoMayRead(services, workspace, found)
  if (allowed.length === 0) return
  const now = services.clock.now()
  const rows = allowed.map(({ memberId, taskId, isNew }) => ({
    id: uuid7(),
    member_id: memberId,
    task_id: taskId,
    // What was due by the morning belongs to its digest, also when that comes late.
    created_at: (isNew ? now : morning).toString(),
  }))
  await services.workspaces.system(workspace, db => store(db, today, rows))
}

type Due = { taskId: string; memberId: string; isNew: boolean }

// Indexes: task_due, audit_event_task.
async function findDue(
  db: Kysely<WorkspaceTables>,
  today: Temporal.PlainDate,
  morning: Temporal.Instant,
): Promise<Due[]> {
  const { rows } = await sql<Due>`
    select t.id as "taskId", t.assignee_id as "memberId", made.at is not null as "isNew"
    from task t
    join member m on m.id = t.assignee_id
    left join lateral (
      select e.at, e.member_id from audit_event e
      where e.task_id = t.id and e.entity = 'task' and e.at > ${morning.toString()}::timestamptz
        and e.changes ?| '{due_on,assignee_id,status}'
      order by e.id desc limit 1) made on true
    where t.due_on = ${today.toString()}::date and t.closed_at is null and m.active
      and made.member_id is distinct from t.assignee_id
      and not exists (select from notification n
        where n.kind = 'due' and n.task_id = t.id and n.due_on = t.due_on and n.member_id = t.assignee_id)
    order by t.id`.execute(db)
  return rows
}

type Row = { id: string; member_id: string; task_id: string; created_at: string }

// What was closed, moved or given to somebody else a moment ago is told to nobody.
async function store(db: Kysely<WorkspaceTables>, today: Temporal.PlainDate, rows: readonly Row[]): Promise<void> {
  await sql`insert into notification (id, member_id, kind, task_id, due_on, created_at)
    select n.id, n.member_id, 'due', n.task_id, t.due_on, n.created_at
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as n (id uuid, member_id uuid, task_id uuid, created_at timestamptz)
    join task t on t.id = n.task_id
    join member m on m.id = n.member_id
    where t.due_on = ${today.toString()}::date and t.closed_at is null and t.assignee_id = n.member_id and m.active
    on conflict do nothing`.execute(db)
}
