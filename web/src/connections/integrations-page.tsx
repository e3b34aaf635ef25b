import { Button, Text } from '@mantine/core'
import { IconMessages, IconPlus } from '@tabler/icons-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { IntegrationModal } from '#web/connections/integration-modal.tsx'
import { IntegrationRow } from '#web/connections/integration-row.tsx'
import { useMayConnect } from '#web/connections/use-may-connect.ts'
import { EmptyState } from '#web/feedback/empty-state.tsx'
import { useMessages } from '#web/messages/language.ts'
import { integrationsQuery } from '#web/queries/settings.ts'
import { SettingsFrame } from '#web/settings/settings-frame.tsx'
import { Rows } from '#web/shell/rows.tsx'
import { useWorkspace } from '#web/shell/use-workspace.ts'

export function IntegrationsPage() {
  const { settings } = useMessages()
  const { data: integrations } = useSuspenseQuery(integrationsQuery(useWorkspace()))
  const [making, setMaking] = useState(false)
  const button = useMayConnect('integration') && (
    <Button leftSection={<IconPlus size={17} />} onClick={() => setMaking(true)}>
      {settings.newIntegration}
    </Button>
  )
  const none = integrations.length === 0
  return (
    <SettingsFrame actions={!none && button}>
      {none ? (
        <EmptyState icon={IconMessages} title={settings.noIntegrations} hint={settings.integrationsHint}>
          {button}
        </EmptyState>
      ) : (
        <Text c="dimmed" size="sm" mb="lg">
          {settings.integrationsHint}
        </Text>
      )}
      <Rows>
        {integrations.map(integration => (
          <IntegrationRow key={integration.id} integration={integration} />
        ))}
      </Rows>
      {making && <IntegrationModal onClose={() => setMaking(false)} />}
    </SettingsFrame>
  )
}
