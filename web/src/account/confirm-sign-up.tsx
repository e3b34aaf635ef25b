import { Anchor } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { DevelopmentMail } from '#web/account/development-mail.tsx'
import { FrontPage } from '#web/account/front-page.tsx'
import { keepSpokenLanguage } from '#web/account/use-change-account.ts'
import { api } from '#web/api.ts'
import { CodeInput } from '#web/forms/code-input.tsx'
import { FormBody } from '#web/forms/form-body.tsx'
import { codeRule } from '#web/forms/rules.ts'
import { useApiForm } from '#web/forms/use-api-form.ts'
import { useMessages } from '#web/messages/language.ts'
import { sessionQuery } from '#web/queries/session.ts'

/** The second step of signing up: the code from the mail. */
export function ConfirmSignUp({ id, email, onBack }: { id: string; email: string; onBack: () => void }) {
  const { account } = useMessages()
  const queryClient = useQueryClient()
  const navigate = useNavigate()
  const body = useApiForm({
    initialValues: { code: '' },
    validate: { code: codeRule },
    send: ({ code }) => api.confirmSignup({ path: { signup: id }, body: { code } }),
    onDone: async ({ account: made, workspace }) => {
      await keepSpokenLanguage(made)
      queryClient.clear()
      await queryClient.fetchQuery(sessionQuery)
      await navigate({ to: '/w/$workspace', params: { workspace: workspace.slug } })
    },
  })
  return (
    <FrontPage
      title={account.checkMail}
      hint={account.codeSent(email)}
      below={
        <Anchor component="button" type="button" size="sm" onClick={onBack}>
          {account.wrongAddress}
        </Anchor>
      }
    >
      <FormBody of={body} submitLabel={account.signUp} wide>
        <DevelopmentMail />
        <CodeInput label={account.code} autoFocus {...body.form.getInputProps('code')} />
      </FormBody>
    </FrontPage>
  )
}
