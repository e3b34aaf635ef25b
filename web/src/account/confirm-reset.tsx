import { Anchor, Stack, Text, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { DevelopmentMail } from '#web/account/development-mail.tsx'
import { FrontPage } from '#web/account/front-page.tsx'
import { api } from '#web/api.ts'
import { CodeInput } from '#web/forms/code-input.tsx'
import { FormBody } from '#web/forms/form-body.tsx'
import { NewPasswordInput } from '#web/forms/new-password-input.tsx'
import { describeProblem } from '#web/forms/problem.ts'
import { codeRule, shortPasswordRule } from '#web/forms/rules.ts'
import { useApiForm } from '#web/forms/use-api-form.ts'
import { useMessages } from '#web/messages/language.ts'
import classes from './confirm-reset.module.css'

type Props = { email: string; asked: 'now' | 'before'; onBack: () => void }

/** The code from the mail, and the new password. */
export function ConfirmReset({ email, asked, onBack }: Props) {
  const { account, fields } = useMessages()
  const navigate = useNavigate()
  const body = useApiForm({
    initialValues: { code: '', password: '' },
    validate: { code: codeRule, password: shortPasswordRule },
    send: values => api.confirmPasswordReset({ body: { email, ...values } }),
    onProblem: (problem, _, form) => {
      if (problem.code !== 'code-rejected') return false
      form.setFieldError('code', describeProblem(problem))
      return true
    },
    onDone: () => navigate({ to: '/signin', search: { after: 'reset' } }),
  })
  const { form } = body
  return (
    <FrontPage
      title={account.resetTitle}
      hint={asked === 'now' ? account.resetSent : undefined}
      below={
        <Stack gap="xs" align="center">
          <Anchor component="button" type="button" onClick={onBack}>
            {account.wrongAddress}
          </Anchor>
          <Anchor component={Link} to="/signin">
            {account.backToSignIn}
          </Anchor>
        </Stack>
      }
    >
      <FormBody of={body} submitLabel={account.resetSave} wide>
        <DevelopmentMail />
        {/* Password managers keep the new password under it. */}
        <TextInput label={fields.email} type="email" autoComplete="username" value={email} readOnly variant="filled" />
        <CodeInput label={account.code} autoFocus {...form.getInputProps('code')} />
        <NewPasswordInput
          label={account.newPassword}
          own={[email]}
          hasFactor="unknown"
          {...form.getInputProps('password')}
        />
      </FormBody>
      <AnotherCode email={email} />
    </FrontPage>
  )
}

function AnotherCode({ email }: { email: string }) {
  const { account } = useMessages()
  const again = useMutation({ mutationFn: () => api.createPasswordReset({ body: { email } }) })
  return (
    <div role="status" className={classes.again}>
      {again.isSuccess ? (
        <Text size="sm">{account.resetSentAgain}</Text>
      ) : (
        <Text size="sm" c="dimmed">
          {account.resetNothing}{' '}
          <Anchor component="button" type="button" inherit onClick={() => again.mutate()} disabled={again.isPending}>
            {account.resetAgain}
          </Anchor>
        </Text>
      )}
    </div>
  )
}
