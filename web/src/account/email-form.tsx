import { Alert, Stack, TextInput } from '@mantine/core'
import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { DevelopmentMail } from '#web/account/development-mail.tsx'
import { keepAccount } from '#web/account/use-change-account.ts'
import { api } from '#web/api.ts'
import { CodeInput } from '#web/forms/code-input.tsx'
import { FormBody } from '#web/forms/form-body.tsx'
import { describeProblem, notifyDone } from '#web/forms/problem.ts'
import { codeRule, emailRule } from '#web/forms/rules.ts'
import { useApiForm } from '#web/forms/use-api-form.ts'
import { useMessages } from '#web/messages/language.ts'
import { useProved } from '#web/proof/proof-provider.tsx'
import { refreshSecurity } from '#web/queries/security.ts'
import { sessionQuery } from '#web/queries/session.ts'

/** Another e-mail address: it counts once the code that was mailed to it is there. */
export function EmailForm() {
  const [sentTo, setSentTo] = useState<string>()
  if (sentTo) return <Confirm email={sentTo} onDone={() => setSentTo(undefined)} />
  return <NewAddress onSent={setSentTo} />
}

function NewAddress({ onSent }: { onSent: (email: string) => void }) {
  const { email } = useMessages().security
  const current = useSuspenseQuery(sessionQuery).data?.account.email ?? ''
  const proved = useProved()
  const body = useApiForm({
    initialValues: { email: '' },
    validate: { email: value => emailRule(value) ?? (value.trim().toLowerCase() === current ? email.same : null) },
    send: (values, { idempotencyKey }) =>
      proved(() => api.createEmailChange({ body: { email: values.email.trim() }, idempotencyKey })),
    onDone: (_, values) => onSent(values.email.trim()),
  })
  return (
    <FormBody of={body} submitLabel={email.send}>
      <TextInput label={email.current} value={current} readOnly variant="filled" />
      <TextInput label={email.next} type="email" autoComplete="off" {...body.form.getInputProps('email')} />
    </FormBody>
  )
}

function Confirm({ email: address, onDone }: { email: string; onDone: () => void }) {
  const { account, security } = useMessages()
  const { email } = security
  const queryClient = useQueryClient()
  const body = useApiForm({
    initialValues: { code: '' },
    validate: { code: codeRule },
    send: (values, { idempotencyKey }) => api.confirmEmailChange({ body: values, idempotencyKey }),
    onProblem: (problem, _, form) => {
      if (problem.code !== 'code-rejected') return false
      form.setFieldError('code', describeProblem(problem))
      return true
    },
    onDone: async changed => {
      await keepAccount(queryClient, changed)
      await Promise.all([refreshSecurity(queryClient), queryClient.invalidateQueries({ queryKey: ['w'] })])
      notifyDone(email.done)
      onDone()
    },
  })
  return (
    <Stack>
      <Alert variant="light" role="status">
        {email.sent(address)}
      </Alert>
      <FormBody of={body} submitLabel={email.confirm} onCancel={onDone}>
        <DevelopmentMail />
        <CodeInput label={account.code} autoFocus {...body.form.getInputProps('code')} />
      </FormBody>
    </Stack>
  )
}
