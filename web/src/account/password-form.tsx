import { useQueryClient } from '@tanstack/react-query'
import { api } from '#web/api.ts'
import { FormBody } from '#web/forms/form-body.tsx'
import { NewPasswordInput } from '#web/forms/new-password-input.tsx'
import { PasswordField } from '#web/forms/password-field.tsx'
import { notifyDone } from '#web/forms/problem.ts'
import { filled, newPasswordRule } from '#web/forms/rules.ts'
import { useApiForm } from '#web/forms/use-api-form.ts'
import { useMessages } from '#web/messages/language.ts'
import { sessionsQuery } from '#web/queries/session.ts'

export function PasswordForm() {
  const { account } = useMessages()
  const queryClient = useQueryClient()
  const body = useApiForm({
    initialValues: { currentPassword: '', password: '' },
    validate: { currentPassword: filled, password: newPasswordRule },
    send: (values, { idempotencyKey }) => api.changePassword({ body: values, idempotencyKey }),
    onDone: async () => {
      body.form.reset()
      notifyDone(account.passwordChanged)
      await queryClient.invalidateQueries({ queryKey: sessionsQuery.queryKey })
    },
  })
  return (
    <FormBody of={body} submitLabel={account.changePassword}>
      <PasswordField
        label={account.currentPassword}
        autoComplete="current-password"
        {...body.form.getInputProps('currentPassword')}
      />
      <NewPasswordInput label={account.newPassword} {...body.form.getInputProps('password')} />
    </FormBody>
  )
}
