import { Text } from '@mantine/core'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { FormSection } from '#web/forms/form-section.tsx'
import { useMessages } from '#web/messages/language.ts'
import { signOnQuery } from '#web/queries/sign-on.ts'
import { SettingsFrame } from '#web/settings/settings-frame.tsx'
import { useMe } from '#web/shell/use-permission.ts'
import { useWorkspace } from '#web/shell/use-workspace.ts'
import { Disconnect } from '#web/sign-on/disconnect.tsx'
import { Domains } from '#web/sign-on/domains.tsx'
import { ProviderForm } from '#web/sign-on/provider-form.tsx'
import { mayDoAll } from '#web/sign-on/providers.ts'

/** How the workspace's people sign in with the identity provider of their organisation. */
export function SignOnPage() {
  const { signOn } = useMessages()
  const { data: connected } = useSuspenseQuery(signOnQuery(useWorkspace()))
  const { permissions, role } = useMe()
  const [justNow, setJustNow] = useState(false)
  const decides = mayDoAll(permissions, role.guest)
  return (
    <SettingsFrame>
      <FormSection title={signOn.provider} hint={signOn.providerHint}>
        {decides ? (
          <ProviderForm key={connected?.version} connected={connected} onConnected={() => setJustNow(true)} />
        ) : (
          <>
            <Text fw={600}>{connected?.issuer ?? signOn.notConnected}</Text>
            <Text size="sm" c="dimmed" mt="sm">
              {signOn.notYours}
            </Text>
          </>
        )}
      </FormSection>
      {connected && (
        <FormSection title={signOn.domains} hint={signOn.domainsHint}>
          <Domains decides={decides} focused={justNow} />
        </FormSection>
      )}
      {connected && decides && (
        <FormSection title={signOn.disconnectTitle} hint={signOn.disconnectHint}>
          <Disconnect version={connected.version} />
        </FormSection>
      )}
    </SettingsFrame>
  )
}
