import { Text, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import type { Project } from '#client'
import { api } from '#web/api.ts'
import { FormModal } from '#web/forms/form-modal.tsx'
import { useApiForm } from '#web/forms/use-api-form.ts'
import { useMessages } from '#web/messages/language.ts'
import { keyIn } from '#web/queries/keys.ts'
import { useWorkspace } from '#web/shell/use-workspace.ts'

type Props = { project: Project; onDeleted: () => void | Promise<void>; onClose: () => void }

/** All that is in a project goes with it, so its name is typed first. */
export function DeleteProjectModal({ project, onDeleted, onClose }: Props) {
  const { work, actions } = useMessages()
  const workspace = useWorkspace()
  const client = useQueryClient()
  const of = useApiForm({
    initialValues: { typed: '' },
    validate: { typed: value => (value.trim() === project.name ? null : work.projects.typeName(project.name)) },
    send: () => api.deleteProject({ path: { workspace, project: project.id }, ifMatch: `"${project.version}"` }),
    onDone: async () => {
      await onDeleted()
      await client.invalidateQueries({ queryKey: keyIn(workspace, 'project') })
      onClose()
    },
  })
  return (
    <FormModal title={work.projects.delete(project.name)} of={of} submitLabel={actions.delete} onClose={onClose} danger>
      <Text size="sm">{work.projects.deleteHint}</Text>
      <TextInput
        label={work.projects.typeName(project.name)}
        data-autofocus
        autoComplete="off"
        {...of.form.getInputProps('typed')}
      />
    </FormModal>
  )
}
