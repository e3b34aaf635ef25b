import { Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { FormModal } from '#web/forms/form-modal.tsx'
import { useApiForm } from '#web/forms/use-api-form.ts'

type Props = {
  title: string
  text: ReactNode
  confirmLabel: string
  act: () => Promise<unknown>
  onDone: () => void | Promise<void>
  onClose: () => void
}

/** Asks before something that cannot be undone. */
export function ConfirmModal({ title, text, confirmLabel, act, onDone, onClose }: Props) {
  const form = useApiForm({
    initialValues: {},
    send: act,
    onDone: async () => {
      await onDone()
      onClose()
    },
  })
  return (
    <FormModal title={title} of={form} submitLabel={confirmLabel} onClose={onClose} danger>
      <Text size="sm">{text}</Text>
    </FormModal>
  )
}
