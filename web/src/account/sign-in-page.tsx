import { Alert, Anchor, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { Link, useRouter, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { FrontPage } from '#web/account/front-page.tsx'
import { SignOnEntry, SignOnProblem } from '#web/account/sign-on-entry.tsx'
import { api } from '#web/api.ts'
import { FormBody } from '#web/forms/form-body.tsx'
import { PasswordField } from '#web/forms/password-field.tsx'
import { emailRule, filled } from '#web/forms/rules.ts'
import { useApiForm } from '#web/forms/use-api-form.ts'
import { speak, useMessages } from '#web/messages/language.ts'
import { sessionQuery } from '#web/queries/session.ts'
import { returnPath } from '#web/return-path.ts'

export function SignInPage() {
  const { account, fields } = useMessages()
  const { next, after } = useSearch({ from: '/signin' })
  const { form, secondFactor, ...body } = useSignInForm(next)
  return (
    <FrontPage
      title={account.signInTo}
      below={
        <>
          {account.noAccount}{' '}
          <Anchor component={Link} to="/signup">
            {account.signUp}
          </Anchor>
        </>
      }
    >
      <SignOnProblem />
      {after === 'reset' && (
        <Alert variant="light" role="status" mb="md">
          {account.resetDone}
        </Alert>
      )}
      <FormBody of={{ form, ...body }} submitLabel={account.signIn} wide>
        <TextInput
          label={fields.email}
          type="email"
          autoComplete="username"
          autoFocus
          {...form.getInputProps('email')}
        />
        <PasswordField label={fields.password} autoComplete="current-password" {...form.getInputProps('password')} />
        <Anchor component={Link} to="/reset-password" size="sm">
          {account.forgotten}
        </Anchor>
        {secondFactor && (
          <TextInput
            label={account.secondFactor}
            inputMode="numeric"
            autoComplete="one-time-code"
            autoFocus
            {...form.getInputProps('code')}
          />
        )}
      </FormBody>
      <SignOnEntry />
    </FrontPage>
  )
}

function useSignInForm(next: string | undefined) {
  const queryClient = useQueryClient()
  const router = useRouter()
  const [secondFactor, setSecondFactor] = useState(false)
  const form = useApiForm({
    initialValues: { email: '', password: '', code: '' },
    validate: { email: emailRule, password: filled },
    nameless: true,
    send: ({ email, password, code }) =>
      api.signIn({ body: { email: email.trim(), password, ...(code ? { code } : {}) } }),
    onProblem: problem => {
      if (problem.code !== 'second-factor-required' || secondFactor) return false
      setSecondFactor(true)
      return true
    },
    onDone: async signedIn => {
      // Whoever was here before leaves nothing to the next one.
      queryClient.clear()
      await queryClient.fetchQuery(sessionQuery)
      await speak(signedIn.account.language)
      router.history.push(returnPath(next))
    },
  })
  return { ...form, secondFactor }
}
