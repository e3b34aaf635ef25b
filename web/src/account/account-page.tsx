import { Button } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { PasswordForm } from '#web/account/password-form.tsx'
import { ProfileForm } from '#web/account/profile-form.tsx'
import { Sessions } from '#web/account/sessions.tsx'
import { FormSection } from '#web/forms/form-section.tsx'
import { useMessages } from '#web/messages/language.ts'
import { Page } from '#web/shell/page.tsx'

/** One's own account: it is the same in every workspace, so it stands outside them. */
export function AccountPage() {
  const { account, actions } = useMessages()
  return (
    <main>
      <Page
        title={account.title}
        actions={
          <Button component={Link} to="/" variant="default" leftSection={<IconArrowLeft size={16} />}>
            {actions.back}
          </Button>
        }
      >
        <FormSection title={account.profile} hint={account.profileHint}>
          <ProfileForm />
        </FormSection>
        <FormSection title={account.changePassword} hint={account.passwordChangeHint}>
          <PasswordForm />
        </FormSection>
        <FormSection title={account.sessions} hint={account.sessionsHint}>
          <Sessions />
        </FormSection>
      </Page>
    </main>
  )
}
