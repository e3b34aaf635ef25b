import { type Kysely, sql } from 'kysely'
import type { WorkspaceTables } from '#server/database/tables.gen.ts'
import type { WorkspaceAddress } from '#server/database/workspaces.ts'
import type { AuditEvent } from '#server/features/audit/audit-event.ts'
import { tokenField } from '#server/features/integrations/integration-queries.ts'
import { renderMessage } from '#server/features/integrations/render-message.ts'
import { type Names, sentenceOf } from '#server/features/integrations/sentence.ts'
import type { Sender } from '#server/outbound/deliver.ts'
import { postOut } from '#server/outbound/post.ts'
import type { Services } from '#server/services.ts'

/** How an integration sends an event: as a sentence, in its tool's format. */
export function sendsOf(services: Services, workspace: WorkspaceAddress, id: string) {
  return async (db: Kysely<WorkspaceTables>): Promise<Sender> => {
    const { kind, token } = await db
      .selectFrom('integration')
      .select(['kind', 'token'])
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    const url = services.sealer.open(tokenField(workspace, id), token)
    return {
      async send(event) {
        const names = await services.workspaces.system(workspace, database =>
          findNames(services, workspace, database, event),
        )
        return postOut(services.config, url, JSON.stringify(renderMessage(kind, sentenceOf(event, names))))
      },
    }
  }
}

async function findNames(
  { config }: Services,
  { slug }: WorkspaceAddress,
  db: Kysely<WorkspaceTables>,
  event: AuditEvent,
): Promise<Names> {
  const assignee = event.changes.assigneeId?.to
  const ids = [event.memberId, typeof assignee === 'string' ? assignee : null].filter(id => id !== null)
  const members = await db
    .selectFrom('member')
    .select(['id', 'name'])
    .where('id', '=', sql<string>`any(${ids}::uuid[])`)
    .execute()
  const task = await db
    .selectFrom('task')
    .innerJoin('project', 'project.id', 'task.project_id')
    .select(['task.id', 'task.title', sql<string>`project.key || '-' || task.number`.as('key')])
    .where('task.id', '=', event.taskId)
    .executeTakeFirst()
  const member = (id: string | null) => members.find(found => found.id === id)?.name
  return {
    actor: member(event.memberId) ?? (event.memberId ? 'A former member' : 'Kontor'),
    task: task && { ...task, url: config.publicUrl && new URL(`/w/${slug}/tasks/${task.id}`, config.publicUrl).href },
    member: id => member(id) ?? 'somebody',
  }
}
