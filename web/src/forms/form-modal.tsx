import type { ReactNode } from 'react'
import { Dialog } from '#web/feedback/dialog.tsx'
import { FormBody } from '#web/forms/form-body.tsx'
import type { ApiForm } from '#web/forms/use-api-form.ts'

type Props<V extends Record<string, unknown>> = {
  title: string
  of: ApiForm<V>
  submitLabel: string
  onClose: () => void
  danger?: boolean
  size?: string
  children: ReactNode
}

/** A form in a dialog. Mount it when it opens, so that it begins with fresh values. */
export function FormModal<V extends Record<string, unknown>>({
  title,
  onClose,
  size = 'md',
  children,
  ...body
}: Props<V>) {
  return (
    <Dialog
      onClose={onClose}
      // What is on its way may ask something in a dialog of its own, which the key then is for.
      closeOnEscape={!body.of.pending}
      title={title}
      size={size}
    >
      <FormBody {...body} onCancel={onClose}>
        {children}
      </FormBody>
    </Dialog>
  )
}
