import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { Member } from '#client'
import { useMessages } from '#web/messages/language.ts'
import { membersQuery } from '#web/queries/workspace.ts'
import { useWorkspace } from '#web/shell/use-workspace.ts'

const nobody: Member[] = []

/** The members that the caller may see, by their ids. */
export function usePeople() {
  const { fields } = useMessages()
  const { data: members = nobody } = useQuery(membersQuery(useWorkspace()))
  return useMemo(() => {
    const byId = new Map(members.map(member => [member.id, member]))
    const active = members.filter(member => member.active)
    return {
      members,
      active,
      find: (id: string | null) => (id ? byId.get(id) : undefined),
      nameOf: (id: string | null) => (id ? byId.get(id)?.name : undefined) ?? fields.somebody,
      /** Those who can be chosen, with who is chosen already. */
      options: (chosen?: string | null) =>
        members
          .filter(member => member.active || member.id === chosen)
          .map(({ id, name }) => ({ value: id, label: name })),
    }
  }, [members, fields])
}
