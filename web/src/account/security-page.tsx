import { OwnSession } from '#web/account/own-session.tsx'
import { PasswordForm } from '#web/account/password-form.tsx'
import { FormSection } from '#web/forms/form-section.tsx'
import { useMessages } from '#web/messages/language.ts'
import { Passkeys } from '#web/security/passkeys.tsx'
import { RecoveryCodesProvider } from '#web/security/recovery-codes-provider.tsx'
import { TwoSteps } from '#web/security/two-steps.tsx'

/** What somebody signs in with. */
export function SecurityPage() {
  const { account, fields, security } = useMessages()
  return (
    <OwnSession>
      <RecoveryCodesProvider>
        <FormSection title={security.twoSteps.title} hint={security.twoSteps.hint}>
          <TwoSteps />
        </FormSection>
        <FormSection title={security.passkeys.title} hint={security.passkeys.hint}>
          <Passkeys />
        </FormSection>
      </RecoveryCodesProvider>
      <FormSection title={fields.password} hint={account.passwordChangeHint}>
        <PasswordForm />
      </FormSection>
    </OwnSession>
  )
}
