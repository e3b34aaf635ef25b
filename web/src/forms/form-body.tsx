import { Alert, Button, Group, Stack } from '@mantine/core'
import { IconAlertCircle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { ApiForm } from '#web/forms/use-api-form.ts'
import { useMessages } from '#web/messages/language.ts'

type Props<V extends Record<string, unknown>> = {
  of: ApiForm<V>
  submitLabel: string
  onCancel?: (() => void) | undefined
  danger?: boolean
  /** One wide button, as on the pages before signing in. */
  wide?: boolean
  children: ReactNode
}

/** The fields, what is wrong with the whole, and the buttons: what every form has, wherever it stands. */
export function FormBody<V extends Record<string, unknown>>({
  of,
  submitLabel,
  onCancel,
  danger,
  wide,
  children,
}: Props<V>) {
  const { actions } = useMessages()
  return (
    <form onSubmit={of.submit} noValidate>
      <Stack gap="md">
        <FormProblem of={of} />
        {children}
        <Group justify={wide ? 'stretch' : 'flex-end'} mt="xs" gap="sm">
          {onCancel && (
            <Button variant="default" onClick={onCancel}>
              {actions.cancel}
            </Button>
          )}
          <Button type="submit" loading={of.pending} fullWidth={wide ?? false} {...(danger ? { color: 'red' } : {})}>
            {submitLabel}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

/** What is wrong with the whole, said at once. */
export function FormProblem({ of: { problem } }: { of: { problem: string | undefined } }) {
  if (!problem) return null
  return (
    <Alert color="red" variant="light" icon={<IconAlertCircle size={18} />} role="alert">
      {problem}
    </Alert>
  )
}
