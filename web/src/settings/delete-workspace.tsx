import { Text, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { Workspace } from '#client'
import { api } from '#web/api.ts'
import { FormModal } from '#web/forms/form-modal.tsx'
import { notifyDone } from '#web/forms/problem.ts'
import { useApiForm } from '#web/forms/use-api-form.ts'
import { useFormats } from '#web/messages/formats.ts'
import { useMessages } from '#web/messages/language.ts'
import { sessionQuery } from '#web/queries/session.ts'

/** Deleting a workspace asks for its address, typed. */
export function DeleteWorkspace({ workspace, onClose }: { workspace: Workspace; onClose: () => void }) {
  const { settings } = useMessages()
  const { date } = useFormats()
  const queryClient = useQueryClient()
  const navigate = useNavigate()
  const body = useApiForm({
    initialValues: { confirm: '' },
    validate: { confirm: value => (value.trim() === workspace.slug ? null : settings.slugMismatch) },
    send: ({ confirm }) =>
      api.deleteWorkspace({ path: { workspace: workspace.slug }, query: { confirm: confirm.trim() } }),
    onDone: async ({ name, slug, deleteAt }) => {
      notifyDone(settings.deletedWorkspace(name, deleteAt ? date(deleteAt) : ''))
      await queryClient.fetchQuery({ ...sessionQuery, staleTime: 0 })
      await navigate({ to: '/workspaces' })
      queryClient.removeQueries({ queryKey: ['w', slug] })
    },
  })
  return (
    <FormModal
      title={settings.deleteTitle(workspace.name)}
      of={body}
      submitLabel={settings.deleteWorkspace}
      onClose={onClose}
      danger
    >
      <Text size="sm">{settings.deleteText}</Text>
      <TextInput
        label={settings.typeSlug(workspace.slug)}
        autoComplete="off"
        autoCapitalize="none"
        data-autofocus
        {...body.form.getInputProps('confirm')}
      />
    </FormModal>
  )
}
