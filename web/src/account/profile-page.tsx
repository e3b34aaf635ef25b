import { DeleteAccount } from '#web/account/delete-account.tsx'
import { EmailForm } from '#web/account/email-form.tsx'
import { OwnSession } from '#web/account/own-session.tsx'
import { ProfileForm } from '#web/account/profile-form.tsx'
import { FormSection } from '#web/forms/form-section.tsx'
import { useMessages } from '#web/messages/language.ts'

export function ProfilePage() {
  const { account, security, fields } = useMessages()
  return (
    <OwnSession>
      <FormSection title={account.profile} hint={account.profileHint}>
        <ProfileForm />
      </FormSection>
      <FormSection title={fields.email} hint={security.email.hint}>
        <EmailForm />
      </FormSection>
      <FormSection title={security.deletion.title} hint={security.deletion.hint}>
        <DeleteAccount />
      </FormSection>
    </OwnSession>
  )
}
