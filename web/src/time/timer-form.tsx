import { TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { api } from '#web/api.ts'
import { FormBody } from '#web/forms/form-body.tsx'
import { useApiForm } from '#web/forms/use-api-form.ts'
import { useMessages } from '#web/messages/language.ts'
import { keyIn } from '#web/queries/keys.ts'
import { useWorkspace } from '#web/shell/use-workspace.ts'
import { emptyPlace, PlaceFields, placeOf } from '#web/time/place-fields.tsx'

export function TimerForm({ onStarted }: { onStarted: () => void }) {
  const { work, fields } = useMessages()
  const workspace = useWorkspace()
  const client = useQueryClient()
  const of = useApiForm({
    initialValues: { note: '', ...emptyPlace },
    validate: { projectId: value => (value ? null : fields.required) },
    send: ({ note, ...place }) => api.startTimer({ path: { workspace }, body: { note, ...placeOf(place) } }),
    onDone: async () => {
      await client.invalidateQueries({ queryKey: keyIn(workspace, 'time_entry') })
      onStarted()
    },
  })
  return (
    <FormBody of={of} submitLabel={work.time.start} wide>
      <TextInput label={work.time.note} data-autofocus {...of.form.getInputProps('note')} />
      <PlaceFields form={of.form} inPopover />
    </FormBody>
  )
}
