import { ColorInput, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import type { Tag } from '#client'
import { api } from '#web/api.ts'
import { FormModal } from '#web/forms/form-modal.tsx'
import { filled } from '#web/forms/rules.ts'
import { useApiForm } from '#web/forms/use-api-form.ts'
import { useMessages } from '#web/messages/language.ts'
import { keyIn } from '#web/queries/keys.ts'
import { useWorkspace } from '#web/shell/use-workspace.ts'

const swatches = [
  '#c2410c',
  '#b45309',
  '#4d7c0f',
  '#15803d',
  '#0f766e',
  '#0369a1',
  '#4338ca',
  '#7e22ce',
  '#be185d',
  '#64748b',
]

/** A new tag, or changes to one. */
export function TagModal({ tag, onClose }: { tag?: Tag; onClose: () => void }) {
  const { settings, actions, fields } = useMessages()
  const workspace = useWorkspace()
  const queryClient = useQueryClient()
  const body = useApiForm({
    initialValues: { name: tag?.name ?? '', color: tag?.color ?? swatches[5]! },
    validate: { name: filled },
    send: (values, { idempotencyKey }) =>
      tag
        ? api.updateTag({ path: { workspace, tag: tag.id }, body: values, ifMatch: `"${tag.version}"` })
        : api.createTag({ path: { workspace }, body: values, idempotencyKey }),
    onDone: async () => {
      onClose()
      await queryClient.invalidateQueries({ queryKey: keyIn(workspace, 'tag') })
    },
  })
  return (
    <FormModal
      title={tag ? settings.editTag : settings.newTag}
      of={body}
      submitLabel={tag ? actions.save : actions.create}
      onClose={onClose}
    >
      <TextInput label={fields.name} maxLength={60} data-autofocus {...body.form.getInputProps('name')} />
      <ColorInput
        label={fields.color}
        swatches={swatches}
        swatchesPerRow={10}
        format="hex"
        withEyeDropper={false}
        {...body.form.getInputProps('color')}
      />
    </FormModal>
  )
}
