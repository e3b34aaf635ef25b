import { Checkbox, Group, NumberInput, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import type { TimeEntry } from '#client'
import { api } from '#web/api.ts'
import { FormModal } from '#web/forms/form-modal.tsx'
import { useApiForm } from '#web/forms/use-api-form.ts'
import { today } from '#web/messages/formats.ts'
import { useMessages } from '#web/messages/language.ts'
import { keyIn } from '#web/queries/keys.ts'
import { useWorkspace } from '#web/shell/use-workspace.ts'
import { type EntryValues, secondsOf, valuesOf, whenOf } from '#web/time/entry-values.ts'
import { emptyPlace, type Place, PlaceFields, placeOf } from '#web/time/place-fields.tsx'
import classes from './entry-modal.module.css'

type Props = { entry?: TimeEntry | undefined; day?: string; start?: string; place?: Place; onClose: () => void }

/** Time by hand: a new entry, or one that is there. */
export function EntryModal({ entry, day = today(), start = '09:00', place = emptyPlace, onClose }: Props) {
  const { work, actions, fields } = useMessages()
  const workspace = useWorkspace()
  const client = useQueryClient()
  const fresh: EntryValues = { day, start, duration: '', note: '', billable: false, rate: '', ...place }
  const of = useApiForm({
    initialValues: entry ? valuesOf(entry) : fresh,
    validate: {
      day: value => (value ? null : fields.required),
      start: value => (/^\d\d:\d\d$/.test(value) ? null : fields.required),
      duration: value => (secondsOf(value, entry) === undefined ? work.time.notADuration : null),
      projectId: value => (value ? null : fields.required),
    },
    send: (values, call) => {
      const { note, billable, rate, projectId, taskId } = values
      const body = {
        ...whenOf(values, entry),
        note,
        billable,
        rateCents: rate === '' ? null : Math.round(Number(rate) * 100),
      }
      if (!entry)
        return api.createTimeEntry({
          path: { workspace },
          body: { ...body, ...placeOf({ projectId, taskId }) },
          ...call,
        })
      const moved = { projectId: projectId!, taskId }
      return api.updateTimeEntry({
        path: { workspace, entry: entry.id },
        body: { ...body, ...moved },
        ifMatch: `"${entry.version}"`,
      })
    },
    onDone: async () => {
      await client.invalidateQueries({ queryKey: keyIn(workspace, 'time_entry') })
      onClose()
    },
  })
  const { form } = of
  return (
    <FormModal
      title={entry ? work.time.editEntry : work.time.addEntry}
      of={of}
      submitLabel={entry ? actions.save : work.time.addEntry}
      onClose={onClose}
    >
      <div className={classes.when}>
        <TextInput type="date" label={work.time.day} {...form.getInputProps('day')} />
        <TextInput type="time" label={work.time.startClock} {...form.getInputProps('start')} />
        <TextInput label={work.time.duration} placeholder="1:30" data-autofocus {...form.getInputProps('duration')} />
      </div>
      <PlaceFields form={form} />
      <TextInput label={work.time.note} maxLength={2000} {...form.getInputProps('note')} />
      <Group align="flex-end">
        <Checkbox label={work.time.billable} mb={8} {...form.getInputProps('billable', { type: 'checkbox' })} />
        {form.values.billable && (
          <NumberInput
            label={work.time.rate}
            prefix="€ "
            min={0}
            max={1_000_000}
            decimalScale={2}
            hideControls
            {...form.getInputProps('rate')}
          />
        )}
      </Group>
    </FormModal>
  )
}
