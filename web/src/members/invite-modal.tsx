import { NativeSelect, Text, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { api } from '#web/api.ts'
import { FormModal } from '#web/forms/form-modal.tsx'
import { notifyDone } from '#web/forms/problem.ts'
import { emailRule } from '#web/forms/rules.ts'
import { useApiForm } from '#web/forms/use-api-form.ts'
import { useRoleName, useRoles } from '#web/members/use-role-name.ts'
import { useMessages } from '#web/messages/language.ts'
import { keyIn } from '#web/queries/keys.ts'
import { useWorkspace } from '#web/shell/use-workspace.ts'

export function InviteModal({ onClose }: { onClose: () => void }) {
  const { members, fields } = useMessages()
  const workspace = useWorkspace()
  const queryClient = useQueryClient()
  const roles = useRoles()
  const nameOf = useRoleName()
  const body = useApiForm({
    initialValues: { email: '', roleId: roles.find(role => role.builtin === 'member')?.id ?? roles[0]?.id ?? '' },
    validate: { email: emailRule },
    send: ({ email, roleId }, { idempotencyKey }) =>
      api.createInvitation({ path: { workspace }, body: { email: email.trim(), roleId }, idempotencyKey }),
    onDone: async ({ email }) => {
      notifyDone(members.invited(email))
      onClose()
      await queryClient.invalidateQueries({ queryKey: keyIn(workspace, 'invitation') })
    },
  })
  return (
    <FormModal title={members.inviteTitle} of={body} submitLabel={members.sendInvitation} onClose={onClose}>
      <Text size="sm" c="dimmed">
        {members.inviteHint}
      </Text>
      <TextInput label={fields.email} type="email" data-autofocus {...body.form.getInputProps('email')} />
      <NativeSelect
        label={fields.role}
        data={roles.map(role => ({ value: role.id, label: nameOf(role) }))}
        {...body.form.getInputProps('roleId')}
      />
    </FormModal>
  )
}
