import { useQuery } from '@tanstack/react-query'
import type { Role } from '#client'
import { useMessages } from '#web/messages/language.ts'
import { rolesQuery } from '#web/queries/workspace.ts'
import { useCan, useMe } from '#web/shell/use-permission.ts'
import { useWorkspace } from '#web/shell/use-workspace.ts'

/** A role's name: that of a built-in one in the language that is spoken. */
export function useRoleName(): (role: Pick<Role, 'name' | 'builtin'>) => string {
  const { roleNames } = useMessages()
  return role => (role.builtin ? roleNames[role.builtin] : role.name)
}

/** The roles that the caller may read: all, or only their own. */
export function useRoles(): Role[] {
  const { role } = useMe()
  const { data } = useQuery({ ...rolesQuery(useWorkspace()), enabled: useCan('role', 'read') })
  return data ?? [role]
}
