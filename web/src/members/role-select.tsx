import { NativeSelect } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Member } from '#client'
import { api } from '#web/api.ts'
import { notifyDone } from '#web/forms/problem.ts'
import { useRoleName, useRoles } from '#web/members/use-role-name.ts'
import { useMessages } from '#web/messages/language.ts'
import { keyIn } from '#web/queries/keys.ts'
import { useWorkspace } from '#web/shell/use-workspace.ts'
import classes from './members.module.css'

/** Gives a member another role at once; a refusal puts the old one back. */
export function RoleSelect({ member }: { member: Member }) {
  const { members, saved } = useMessages()
  const workspace = useWorkspace()
  const queryClient = useQueryClient()
  const roles = useRoles()
  const nameOf = useRoleName()
  const change = useMutation({
    mutationFn: (roleId: string) => api.updateMember({ path: { workspace, member: member.id }, body: { roleId } }),
    onSuccess: () => notifyDone(saved),
    onSettled: () => queryClient.invalidateQueries({ queryKey: keyIn(workspace, 'member') }),
  })
  return (
    <NativeSelect
      className={classes.role}
      aria-label={members.roleOf(member.name)}
      data={roles.map(role => ({ value: role.id, label: nameOf(role) }))}
      value={change.isPending ? change.variables : member.roleId}
      onChange={event => change.mutate(event.target.value)}
    />
  )
}
