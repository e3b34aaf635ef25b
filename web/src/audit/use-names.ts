import { useQueries, useQuery } from '@tanstack/react-query'
import type { AuditEvent } from '#client'
import { useMessages } from '#web/messages/language.ts'
import { allApiTokensQuery } from '#web/queries/settings.ts'
import { taskQuery } from '#web/queries/tasks.ts'
import { archivedProjectsQuery, membersQuery, projectsQuery, rolesQuery, tagsQuery } from '#web/queries/workspace.ts'
import { useCan } from '#web/shell/use-permission.ts'
import { useWorkspace } from '#web/shell/use-workspace.ts'

export type Names = {
  member: (id: string) => string
  byId: (id: string) => string | undefined
  /** What an event is about. */
  thing: (event: AuditEvent) => string
}

/** Names of what events speak of, as far as it is still there or the event itself says it. */
export function useNames(): Names {
  const { fields } = useMessages()
  const workspace = useWorkspace()
  const roles = useQuery({ ...rolesQuery(workspace), enabled: useCan('role', 'read') }).data ?? []
  const [members, projects, archived, tags, tokens] = useQueries({
    queries: [
      membersQuery(workspace),
      projectsQuery(workspace),
      archivedProjectsQuery(workspace),
      tagsQuery(workspace),
      allApiTokensQuery(workspace),
    ],
  })
  const named: { id: string; name: string }[] = [
    ...(members.data ?? []),
    ...(projects.data ?? []),
    ...(archived.data ?? []),
    ...(tags.data ?? []),
    ...(tokens.data ?? []),
    ...roles,
  ]
  const known = new Map(named.map(({ id, name }) => [id, name]))
  return {
    member: id => known.get(id) ?? fields.somebody,
    byId: id => known.get(id),
    thing: event => labelIn(event) ?? known.get(event.entityId) ?? '',
  }
}

/** The task that an event belongs to, `WEB-12 Order the new sign`, where the event does not name it itself. */
export function useTaskName({ taskId, entity, action, changes }: AuditEvent): string | undefined {
  const then = changes.taskId?.toName ?? changes.taskId?.fromName
  const named = then ? true : entity === 'task' && changes.title !== undefined
  const { data } = useQuery({
    ...taskQuery(useWorkspace(), taskId ?? ''),
    enabled: taskId !== null && !named && action !== 'task.deleted',
    staleTime: Number.POSITIVE_INFINITY,
  })
  return then ? `“${then}”` : data && `${data.key} ${data.title}`
}

const labels = ['title', 'name', 'email', 'url', 'fileName']

function labelIn({ action, changes }: AuditEvent): string | undefined {
  // In the event of a link the name is that of its other end.
  if (/_(added|removed)$/.test(action)) return undefined
  const value = labels.map(label => changes[label]).find(change => change !== undefined)
  const text = value?.to ?? value?.from
  return typeof text === 'string' ? `“${text}”` : undefined
}
