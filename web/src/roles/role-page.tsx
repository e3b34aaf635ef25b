import { Alert, Button, Paper } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconCopy, IconLock } from '@tabler/icons-react'
import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import type { Role } from '#client'
import { api } from '#web/api.ts'
import { NotFoundPage } from '#web/feedback/not-found-page.tsx'
import { ConfirmModal } from '#web/forms/confirm-modal.tsx'
import { notifyDone } from '#web/forms/problem.ts'
import { useRoleName } from '#web/members/use-role-name.ts'
import { useMessages } from '#web/messages/language.ts'
import { keyIn } from '#web/queries/keys.ts'
import { rolesQuery } from '#web/queries/workspace.ts'
import { PermissionMatrix } from '#web/roles/permission-matrix.tsx'
import { RoleActions, RoleForm } from '#web/roles/role-form.tsx'
import { Page } from '#web/shell/page.tsx'
import { useCan } from '#web/shell/use-permission.ts'
import { useWorkspace } from '#web/shell/use-workspace.ts'

export function RolePage() {
  const { workspace, role: id } = useParams({ from: '/signed-in/w/$workspace/members/roles/$role' })
  const { data: roles } = useSuspenseQuery(rolesQuery(workspace))
  const role = roles.find(one => one.id === id)
  return role ? <RoleContent role={role} /> : <NotFoundPage />
}

function RoleContent({ role }: { role: Role }) {
  const { members, actions } = useMessages()
  const workspace = useWorkspace()
  const nameOf = useRoleName()
  const queryClient = useQueryClient()
  const writes = useCan('role', 'write')
  const mayEdit = writes && !role.builtin
  return (
    <Page title={nameOf(role)} actions={<RoleActions>{writes && <RoleButtons role={role} />}</RoleActions>}>
      {role.builtin && writes && (
        <Alert icon={<IconLock size={18} />} variant="light" mb="md">
          {members.builtinHint}
        </Alert>
      )}
      {mayEdit ? (
        <RoleForm
          key={role.version}
          initial={{ name: role.name, guest: role.guest, permissions: role.permissions }}
          submitLabel={actions.save}
          send={body => api.updateRole({ path: { workspace, role: role.id }, body, ifMatch: `"${role.version}"` })}
          onDone={async () => {
            notifyDone(members.roleSaved)
            await queryClient.invalidateQueries({ queryKey: keyIn(workspace, 'role') })
            await queryClient.invalidateQueries({ queryKey: keyIn(workspace, 'member', 'me') })
          }}
        />
      ) : (
        <Paper withBorder p="lg">
          <PermissionMatrix value={role.permissions} />
        </Paper>
      )}
    </Page>
  )
}

function RoleButtons({ role }: { role: Role }) {
  const { members } = useMessages()
  const workspace = useWorkspace()
  const queryClient = useQueryClient()
  const navigate = useNavigate()
  const [deleting, deletion] = useDisclosure()
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconCopy size={16} />}
        renderRoot={props => (
          <Link to="/w/$workspace/members/roles/new" params={{ workspace }} search={{ copy: role.id }} {...props} />
        )}
      >
        {members.copyRole}
      </Button>
      {!role.builtin && (
        <Button variant="default" c="var(--mantine-color-error)" onClick={deletion.open}>
          {members.deleteRole}
        </Button>
      )}
      {deleting && (
        <ConfirmModal
          title={members.deleteRoleTitle(role.name)}
          text={members.deleteRoleText}
          confirmLabel={members.deleteRole}
          act={() => api.deleteRole({ path: { workspace, role: role.id } })}
          onDone={async () => {
            await navigate({ to: '/w/$workspace/members/roles', params: { workspace } })
            await queryClient.invalidateQueries({ queryKey: keyIn(workspace, 'role') })
          }}
          onClose={deletion.close}
        />
      )}
    </>
  )
}
