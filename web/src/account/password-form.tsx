import { Anchor, Text } from '@mantine/core'
import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { api } from '#web/api.ts'
import { FormBody } from '#web/forms/form-body.tsx'
import { NewPasswordInput } from '#web/forms/new-password-input.tsx'
import { PasswordField } from '#web/forms/password-field.tsx'
import { notifyDone } from '#web/forms/problem.ts'
import { filled, newPasswordRule, shortPasswordRule } from '#web/forms/rules.ts'
import { useApiForm } from '#web/forms/use-api-form.ts'
import { useMessages } from '#web/messages/language.ts'
import { useProved } from '#web/proof/proof-provider.tsx'
import { refreshSecurity, secondFactorsQuery } from '#web/queries/security.ts'
import { sessionQuery } from '#web/queries/session.ts'

export function PasswordForm() {
  const { account, problems } = useMessages()
  const queryClient = useQueryClient()
  const owner = useSuspenseQuery(sessionQuery).data?.account
  const { totp, passkeys } = useSuspenseQuery(secondFactorsQuery).data
  const hasFactor = totp !== null || passkeys.length > 0
  const proved = useProved()
  const body = useApiForm({
    initialValues: { currentPassword: '', password: '' },
    validate: { currentPassword: filled, password: hasFactor ? shortPasswordRule : newPasswordRule },
    send: (values, { idempotencyKey }) => proved(() => api.changePassword({ body: values, idempotencyKey })),
    onProblem: (problem, _, form) => {
      if (problem.code !== 'wrong-password') return false
      form.setFieldError('currentPassword', problems['wrong-password'])
      return true
    },
    onDone: async () => {
      body.form.reset()
      notifyDone(account.passwordChanged)
      await refreshSecurity(queryClient)
    },
  })
  const { form } = body
  return (
    <FormBody of={body} submitLabel={account.changePassword}>
      {/* Password managers keep the new password under it. */}
      <input type="email" autoComplete="username" value={owner?.email ?? ''} readOnly hidden />
      <PasswordField
        label={account.currentPassword}
        autoComplete="current-password"
        {...form.getInputProps('currentPassword')}
      />
      <NewPasswordInput
        label={account.newPassword}
        own={owner ? [owner.name, owner.email] : []}
        hasFactor={hasFactor}
        {...form.getInputProps('password')}
      />
      <Text size="sm">
        <Anchor component={Link} to="/reset-password" inherit>
          {account.forgotten}
        </Anchor>
      </Text>
    </FormBody>
  )
}
