import { Anchor, Divider, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { ApiProblem, type SignedIn } from '#client'
import { FrontPage } from '#web/account/front-page.tsx'
import { type Asked, askedBy } from '#web/account/second-step-asked.ts'
import { api } from '#web/api.ts'
import { FormBody } from '#web/forms/form-body.tsx'
import { describeProblem } from '#web/forms/problem.ts'
import { filled } from '#web/forms/rules.ts'
import { useApiForm } from '#web/forms/use-api-form.ts'
import { useMessages } from '#web/messages/language.ts'
import { PasskeyButton } from '#web/passkeys/passkey-button.tsx'
import { askPasskey } from '#web/passkeys/passkeys.ts'
import { FactorCodeInput } from '#web/security/factor-code-input.tsx'

type Props = {
  asked: Asked
  /** Asked again, after something wrong: a passkey gets another challenge. */
  onAsked: (asked: Asked) => void
  onDone: (signedIn: SignedIn) => Promise<void>
  onBack: () => void
}

/** The second step of signing in: a code, or a passkey. */
export function SecondStep(props: Props) {
  const { account, security } = useMessages()
  const { factors, passkey } = props.asked
  const hasCodes = factors.includes('totp') || factors.includes('recovery-code')
  return (
    <FrontPage
      title={security.second.title}
      hint={security.second.hint}
      below={
        <Anchor component="button" type="button" size="sm" onClick={props.onBack}>
          {account.backToSignIn}
        </Anchor>
      }
    >
      {passkey && <WithPasskey {...props} passkey={passkey} />}
      {!passkey && factors.includes('passkey') && (
        <Text size="sm" mb="md">
          {security.passkeys.needName}
        </Text>
      )}
      {passkey && hasCodes && <Divider my="lg" label={security.second.or} />}
      {hasCodes && <WithCode {...props} />}
    </FrontPage>
  )
}

function WithCode({ asked, onAsked, onDone }: Props) {
  const { account, security } = useMessages()
  const { email, password, factors } = asked
  const body = useApiForm({
    initialValues: { code: '' },
    validate: { code: filled },
    nameless: true,
    send: ({ code }) => api.signIn({ body: { email, password, code: code.trim() } }),
    onProblem: (problem, _, form) => {
      const again = askedBy(problem, asked)
      if (!again) return false
      onAsked(again)
      form.setFieldError('code', security.second.wrong)
      return true
    },
    onDone,
  })
  return (
    <FormBody of={body} submitLabel={account.signIn} wide>
      <FactorCodeInput
        hasApp={factors.includes('totp')}
        hasRecoveryCodes={factors.includes('recovery-code')}
        autoFocus={factors.includes('totp')}
        {...body.form.getInputProps('code')}
      />
    </FormBody>
  )
}

function WithPasskey({ asked, passkey, onAsked, onDone }: Props & { passkey: NonNullable<Asked['passkey']> }) {
  const { security } = useMessages()
  const { email, password, factors } = asked
  const signIn = useMutation({
    meta: { handlesProblem: true, nameless: true },
    mutationFn: async () => api.signIn({ body: { email, password, passkey: await askPasskey(passkey) } }),
    onSuccess: onDone,
    onError: error => {
      const again = error instanceof ApiProblem && askedBy(error, asked)
      if (again) onAsked(again)
    },
  })
  const isWrong = signIn.error instanceof ApiProblem && signIn.error.code === 'second-factor-required'
  const problem = signIn.error ? (isWrong ? security.second.wrong : describeProblem(signIn.error)) : undefined
  return (
    <PasskeyButton
      label={security.passkeys.use}
      pending={signIn.isPending}
      problem={problem}
      onClick={() => signIn.mutate()}
      first={!factors.includes('totp')}
    />
  )
}
