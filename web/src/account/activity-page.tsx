import { useSuspenseQuery } from '@tanstack/react-query'
import { OwnSession } from '#web/account/own-session.tsx'
import { Sessions } from '#web/account/sessions.tsx'
import { FormSection } from '#web/forms/form-section.tsx'
import { useMessages } from '#web/messages/language.ts'
import { sessionQuery } from '#web/queries/session.ts'
import { SecurityEvents } from '#web/security/security-events.tsx'

/** Where somebody is signed in, and what happened to their account. */
export function ActivityPage() {
  const { account, security } = useMessages()
  const isBound = useSuspenseQuery(sessionQuery).data?.session.workspaceId != null
  return (
    <>
      <FormSection title={account.sessions} hint={account.sessionsHint}>
        <Sessions alone={isBound} />
      </FormSection>
      <OwnSession>
        <FormSection title={security.events.title} hint={security.events.hint}>
          <SecurityEvents />
        </FormSection>
      </OwnSession>
    </>
  )
}
