import { Alert, Anchor, TextInput } from '@mantine/core'
import { Link, useSearch } from '@tanstack/react-router'
import type { SignedIn } from '#client'
import { FrontPage } from '#web/account/front-page.tsx'
import { type Asked, askedBy } from '#web/account/second-step-asked.ts'
import { SignOnEntry, SignOnProblem } from '#web/account/sign-on-entry.tsx'
import { api } from '#web/api.ts'
import { FormBody } from '#web/forms/form-body.tsx'
import { PasswordField } from '#web/forms/password-field.tsx'
import { emailRule, filled } from '#web/forms/rules.ts'
import { useApiForm } from '#web/forms/use-api-form.ts'
import { useMessages } from '#web/messages/language.ts'
import { PasskeyButton } from '#web/passkeys/passkey-button.tsx'
import { describePasskeyProblem } from '#web/passkeys/passkeys.ts'
import { usePasskeySignIn } from '#web/passkeys/use-passkey-sign-in.ts'
import classes from './sign-in-form.module.css'

type Props = { onAsked: (asked: Asked) => void; onDone: (signedIn: SignedIn) => Promise<void> }

export function SignInForm({ onAsked, onDone }: Props) {
  const { account, fields } = useMessages()
  const body = useApiForm({
    initialValues: { email: '', password: '' },
    validate: { email: emailRule, password: filled },
    nameless: true,
    send: ({ email, password }) => api.signIn({ body: { email: email.trim(), password } }),
    onProblem: (problem, { email, password }) => {
      const asked = askedBy(problem, { email: email.trim(), password })
      if (asked) onAsked(asked)
      return asked !== undefined
    },
    onDone,
  })
  const { form } = body
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
      <After />
      <FormBody of={body} submitLabel={account.signIn} wide>
        <TextInput
          label={fields.email}
          type="email"
          autoComplete="username webauthn"
          autoFocus
          {...form.getInputProps('email')}
        />
        <PasswordField label={fields.password} autoComplete="current-password" {...form.getInputProps('password')} />
        <Anchor component={Link} to="/reset-password" size="sm">
          {account.forgotten}
        </Anchor>
      </FormBody>
      <WithPasskey onDone={onDone} />
      <SignOnEntry />
    </FrontPage>
  )
}

/** What led here: a password that was set, or an account that is deleted. */
function After() {
  const { account, security } = useMessages()
  const { after } = useSearch({ from: '/signin' })
  if (!after) return null
  return (
    <Alert variant="light" role="status" mb="md">
      {after === 'reset' ? account.resetDone : security.deletion.done}
    </Alert>
  )
}

function WithPasskey({ onDone }: Pick<Props, 'onDone'>) {
  const { security } = useMessages()
  const { isPossible, pending, error, start } = usePasskeySignIn(onDone)
  if (!isPossible) return null
  const problem = error ? describePasskeyProblem(error) : undefined
  return (
    <div className={classes.passkey}>
      <PasskeyButton label={security.passkeys.signIn} pending={pending} problem={problem} onClick={start} />
    </div>
  )
}
