import { Anchor, TextInput } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { ConfirmSignUp } from '#web/account/confirm-sign-up.tsx'
import { FrontPage } from '#web/account/front-page.tsx'
import { api } from '#web/api.ts'
import { FormBody } from '#web/forms/form-body.tsx'
import { NewPasswordInput } from '#web/forms/new-password-input.tsx'
import { emailRule, filled, newPasswordRule, slugRule } from '#web/forms/rules.ts'
import { useApiForm } from '#web/forms/use-api-form.ts'
import { useMessages } from '#web/messages/language.ts'

export function SignUpPage() {
  const [sent, setSent] = useState<{ id: string; email: string }>()
  if (sent) return <ConfirmSignUp {...sent} onBack={() => setSent(undefined)} />
  return <SignUpForm onSent={setSent} />
}

function SignUpForm({ onSent }: { onSent: (sent: { id: string; email: string }) => void }) {
  const { account, fields } = useMessages()
  const body = useApiForm({
    initialValues: { name: '', email: '', password: '', workspaceName: '', workspaceSlug: '' },
    validate: {
      name: filled,
      email: emailRule,
      password: newPasswordRule,
      workspaceName: filled,
      workspaceSlug: slugRule,
    },
    send: ({ workspaceSlug, ...values }, { idempotencyKey }) =>
      api.createSignup({
        body: { ...values, email: values.email.trim(), ...(workspaceSlug ? { workspaceSlug } : {}) },
        idempotencyKey,
      }),
    onDone: ({ id }, { email }) => onSent({ id, email: email.trim() }),
  })
  const { form } = body
  return (
    <FrontPage
      title={account.signUpTitle}
      hint={account.signUpHint}
      below={
        <>
          {account.haveAccount}{' '}
          <Anchor component={Link} to="/signin">
            {account.signIn}
          </Anchor>
        </>
      }
    >
      <FormBody of={body} submitLabel={account.signUp} wide>
        <TextInput label={account.yourName} autoComplete="name" autoFocus {...form.getInputProps('name')} />
        <TextInput label={fields.email} type="email" autoComplete="username" {...form.getInputProps('email')} />
        <NewPasswordInput
          label={fields.password}
          own={[form.values.name, form.values.email]}
          {...form.getInputProps('password')}
        />
        <TextInput label={account.workspaceName} autoComplete="organization" {...form.getInputProps('workspaceName')} />
        <TextInput
          label={`${account.workspaceSlug} (${fields.optional.toLowerCase()})`}
          description={account.slugHint}
          autoCapitalize="none"
          {...form.getInputProps('workspaceSlug')}
        />
      </FormBody>
    </FrontPage>
  )
}
