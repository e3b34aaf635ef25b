import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { api } from '#web/api.ts'
import { notifyDone } from '#web/forms/problem.ts'
import { useRoleName } from '#web/members/use-role-name.ts'
import { useMessages } from '#web/messages/language.ts'
import { keyIn } from '#web/queries/keys.ts'
import { rolesQuery } from '#web/queries/workspace.ts'
import { RoleActions, RoleForm } from '#web/roles/role-form.tsx'
import { Page } from '#web/shell/page.tsx'
import { useMe } from '#web/shell/use-permission.ts'
import { useWorkspace } from '#web/shell/use-workspace.ts'

/** A new role begins as a copy: of the one that was chosen, else of Member. */
export function NewRolePage() {
  const { members } = useMessages()
  const workspace = useWorkspace()
  const queryClient = useQueryClient()
  const navigate = useNavigate()
  const nameOf = useRoleName()
  const { copy } = useSearch({ from: '/signed-in/w/$workspace/members/roles/new' })
  const { data: roles } = useSuspenseQuery(rolesQuery(workspace))
  const mine = useMe().role
  const chosen = roles.find(role => role.id === copy)
  const model = chosen ?? roles.find(role => role.builtin === 'member') ?? mine
  return (
    <Page title={members.newRole} actions={<RoleActions />}>
      <RoleForm
        initial={{
          name: chosen ? members.copyOf(nameOf(chosen)) : '',
          guest: model.guest,
          permissions: model.permissions,
        }}
        submitLabel={members.createRole}
        send={(body, { idempotencyKey }) => api.createRole({ path: { workspace }, body, idempotencyKey })}
        onDone={async role => {
          notifyDone(members.roleSaved)
          await queryClient.invalidateQueries({ queryKey: keyIn(workspace, 'role') })
          await navigate({ to: '/w/$workspace/members/roles/$role', params: { workspace, role: role.id } })
        }}
      />
    </Page>
  )
}
