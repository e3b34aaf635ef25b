import { Anchor, Stack, TextInput } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { ConfirmReset } from '#web/account/confirm-reset.tsx'
import { FrontPage } from '#web/account/front-page.tsx'
import { api } from '#web/api.ts'
import { FormBody } from '#web/forms/form-body.tsx'
import { emailRule } from '#web/forms/rules.ts'
import { useApiForm } from '#web/forms/use-api-form.ts'
import { useMessages } from '#web/messages/language.ts'

/** A forgotten password: the address, then the code that was mailed to it with the new password. */
export function ResetPasswordPage() {
  const [email, setEmail] = useState('')
  const [asked, setAsked] = useState<'now' | 'before'>()
  if (asked) return <ConfirmReset email={email} asked={asked} onBack={() => setAsked(undefined)} />
  return (
    <AskForCode
      email={email}
      onNext={(typed, when) => {
        setEmail(typed)
        setAsked(when)
      }}
    />
  )
}

type AskProps = { email: string; onNext: (email: string, asked: 'now' | 'before') => void }

function AskForCode({ email, onNext }: AskProps) {
  const { account, fields } = useMessages()
  const body = useApiForm({
    initialValues: { email },
    validate: { email: emailRule },
    send: values => api.createPasswordReset({ body: { email: values.email.trim() } }),
    onDone: (_, values) => onNext(values.email.trim(), 'now'),
  })
  const { form } = body
  const goOn = form.onSubmit(values => onNext(values.email.trim(), 'before'))
  return (
    <FrontPage
      title={account.resetTitle}
      hint={account.resetHint}
      below={
        <Stack gap="xs" align="center">
          <Anchor component="button" type="button" onClick={() => goOn()}>
            {account.resetHaveCode}
          </Anchor>
          <Anchor component={Link} to="/signin">
            {account.backToSignIn}
          </Anchor>
        </Stack>
      }
    >
      <FormBody of={body} submitLabel={account.resetSend} wide>
        <TextInput
          label={fields.email}
          type="email"
          autoComplete="username"
          autoFocus
          {...form.getInputProps('email')}
        />
      </FormBody>
    </FrontPage>
  )
}
