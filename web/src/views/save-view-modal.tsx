import { Checkbox, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { api } from '#web/api.ts'
import { FormModal } from '#web/forms/form-modal.tsx'
import { notifyDone } from '#web/forms/problem.ts'
import { useApiForm } from '#web/forms/use-api-form.ts'
import { useMessages } from '#web/messages/language.ts'
import { keyIn } from '#web/queries/keys.ts'
import type { TaskFilters } from '#web/queries/tasks.ts'
import { useWorkspace } from '#web/shell/use-workspace.ts'

type Props = { filters: TaskFilters; layout: 'list' | 'board'; onClose: () => void }

/** Gives the filters that are set a name. */
export function SaveViewModal({ filters, layout, onClose }: Props) {
  const { work, actions, fields, saved } = useMessages()
  const workspace = useWorkspace()
  const client = useQueryClient()
  const { project, status, assignee, creator, tag, viewer, due, q, sort } = filters
  const kept = Object.entries({ project, status, assignee, creator, tag, viewer, due, q, sort }).filter(
    ([, value]) => value !== undefined,
  )
  const of = useApiForm({
    initialValues: { name: '', shared: false },
    validate: { name: value => (value.trim() ? null : fields.required) },
    send: (values, call) =>
      api.createView({ path: { workspace }, body: { ...values, layout, filters: Object.fromEntries(kept) }, ...call }),
    onDone: async () => {
      await client.invalidateQueries({ queryKey: keyIn(workspace, 'saved_view') })
      notifyDone(saved)
      onClose()
    },
  })
  return (
    <FormModal title={work.views.save} of={of} submitLabel={actions.save} onClose={onClose}>
      <TextInput label={fields.name} maxLength={100} data-autofocus {...of.form.getInputProps('name')} />
      <Checkbox
        label={work.views.share}
        description={work.views.shareHint}
        {...of.form.getInputProps('shared', { type: 'checkbox' })}
      />
    </FormModal>
  )
}
