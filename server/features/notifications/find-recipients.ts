import { type Kysely, sql } from 'kysely'
import type { WorkspaceTables } from '#server/database/tables.gen.ts'
import type { AuditEvent } from '#server/features/audit/audit-event.ts'
import { findMentions, type Mentionable } from '#server/features/notifications/find-mentions.ts'
import type { Kind } from '#server/features/notifications/notification.ts'

export type Candidate = { memberId: string; kind: Kind; taskId: string; event: AuditEvent }
type Database = Kysely<WorkspaceTables>
type People = { creator_id: string | null; assignee_id: string | null; viewers: string[]; commenters: string[] }

/** Whom an event concerns, and why. Whether they may read it is another question (notify.ts). */
export async function findRecipients(
  db: Database,
  event: AuditEvent,
  members: readonly Mentionable[],
): Promise<Candidate[]> {
  const { taskId, memberId: actor } = event
  if (!taskId || !concerns.has(event.action)) return []
  const people = await findPeople(db, taskId)
  if (!people) return []
  const reasons = reasonsOf(event, people, members)
  const seen = new Set<string>()
  // One event is one notification: the first reason is the one that a person would give.
  return reasons.flatMap(([id, kind]) => {
    if (!id || id === actor || seen.has(id)) return []
    seen.add(id)
    return [{ memberId: id, kind, taskId, event }]
  })
}

const concerns = new Set(['task.created', 'task.updated', 'task.viewer_added', 'comment.created', 'comment.updated'])

function reasonsOf(
  { action, changes }: AuditEvent,
  people: People,
  members: readonly Mentionable[],
): [string | null, Kind][] {
  const mentioned = (field: string): [string, Kind][] => {
    const { from, to } = changes[field] ?? { from: null, to: null }
    const before = findMentions(textOf(from), members)
    return [...findMentions(textOf(to), members)].filter(id => !before.has(id)).map(id => [id, 'mentioned'])
  }
  if (action === 'task.viewer_added') return [[idOf(changes.memberId?.to), 'viewer_added']]
  if (action === 'comment.updated') return mentioned('body')
  if (action === 'comment.created') {
    const others = [people.assignee_id, people.creator_id, ...people.viewers, ...people.commenters]
    return [...mentioned('body'), ...others.map((id): [string | null, Kind] => [id, 'commented'])]
  }
  const statusChanged = action === 'task.updated' && changes.status ? [people.assignee_id, people.creator_id] : []
  return [
    [idOf(changes.assigneeId?.to), 'assigned'],
    ...mentioned('description'),
    ...statusChanged.map((id): [string | null, Kind] => [id, 'status_changed']),
  ]
}

function findPeople(db: Database, taskId: string): Promise<People | undefined> {
  return db
    .selectFrom('task')
    .select([
      'task.creator_id',
      'task.assignee_id',
      sql<string[]>`array(select v.member_id from task_viewer v where v.task_id = task.id)`.as('viewers'),
      sql<
        string[]
      >`array(select distinct c.author_id from comment c where c.task_id = task.id and c.author_id is not null)`.as(
        'commenters',
      ),
    ])
    .where('task.id', '=', taskId)
    .executeTakeFirst()
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function idOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}
