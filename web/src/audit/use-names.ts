import { useQueries, useQuery } from '@tanstack/react-query'
import type { AuditEvent } from '#client'
import { useMessages } from '#web/messages/language.ts'
import { membersQuery, projectsQuery, rolesQuery, tagsQuery } from '#web/queries/workspace.ts'
import { useCan } from '#web/shell/use-permission.ts'
import { useWorkspace } from '#web/shell/use-workspace.ts'

/** Names of what events speak of, as far as it is still there or the event itself says it. */
export function useNames() {
  const { fields } = useMessages()
  const workspace = useWorkspace()
  const members = useQuery(membersQuery(workspace)).data ?? []
  const roles = useQuery({ ...rolesQuery(workspace), enabled: useCan('role', 'read') }).data ?? []
  const [projects, tags] = useQueries({ queries: [projectsQuery(workspace), tagsQuery(workspace)] })
  const known = new Map(
    [...members, ...roles, ...(projects.data ?? []), ...(tags.data ?? [])].map(({ id, name }) => [id, name]),
  )
  return {
    member: (id: string) => known.get(id) ?? fields.somebody,
    byId: (id: string) => known.get(id),
    thing: (event: AuditEvent) => labelIn(event) ?? known.get(event.entityId) ?? '',
  }
}

const labels = ['title', 'name', 'email', 'url', 'fileName']

function labelIn({ action, changes }: AuditEvent): string | undefined {
  // In the event of a link the name is that of its other end.
  if (/_(added|removed)$/.test(action)) return undefined
  const value = labels.map(label => changes[label]).find(change => change !== undefined)
  const text = value?.to ?? value?.from
  return typeof text === 'string' ? `“${text}”` : undefined
}
