import { useQuery } from '@tanstack/react-query'
import { useMessages } from '#web/messages/language.ts'
import { membersQuery } from '#web/queries/workspace.ts'
import { useWorkspace } from '#web/shell/use-workspace.ts'

/** Names of members by id; somebody who has left, or whom the caller may not see, has none. */
export function useMemberName(): (id: string | null) => string {
  const { fields } = useMessages()
  const { data } = useQuery(membersQuery(useWorkspace()))
  return id => data?.find(member => member.id === id)?.name ?? fields.somebody
}
