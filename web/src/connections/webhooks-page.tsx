import { Button, Text } from '@mantine/core'
import { IconPlus, IconWebhook } from '@tabler/icons-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useMayConnect } from '#web/connections/use-may-connect.ts'
import { WebhookModal } from '#web/connections/webhook-modal.tsx'
import { WebhookRow } from '#web/connections/webhook-row.tsx'
import { EmptyState } from '#web/feedback/empty-state.tsx'
import { SecretModal } from '#web/forms/secret-modal.tsx'
import { useMessages } from '#web/messages/language.ts'
import { webhooksQuery } from '#web/queries/settings.ts'
import { SettingsFrame } from '#web/settings/settings-frame.tsx'
import { Rows } from '#web/shell/rows.tsx'
import { useWorkspace } from '#web/shell/use-workspace.ts'

export function WebhooksPage() {
  const { settings } = useMessages()
  const { data: webhooks } = useSuspenseQuery(webhooksQuery(useWorkspace()))
  const [making, setMaking] = useState(false)
  const [secret, setSecret] = useState<string>()
  const button = useMayConnect('webhook') && (
    <Button leftSection={<IconPlus size={17} />} onClick={() => setMaking(true)}>
      {settings.newWebhook}
    </Button>
  )
  const none = webhooks.length === 0
  return (
    <SettingsFrame actions={!none && button}>
      {none ? (
        <EmptyState icon={IconWebhook} title={settings.noWebhooks} hint={settings.webhooksHint}>
          {button}
        </EmptyState>
      ) : (
        <Text c="dimmed" size="sm" mb="lg">
          {settings.webhooksHint}
        </Text>
      )}
      <Rows>
        {webhooks.map(webhook => (
          <WebhookRow key={webhook.id} webhook={webhook} onSecret={setSecret} />
        ))}
      </Rows>
      {making && <WebhookModal onSecret={setSecret} onClose={() => setMaking(false)} />}
      {secret && (
        <SecretModal
          title={settings.secret}
          hint={settings.secretOnce}
          secret={secret}
          onClose={() => setSecret(undefined)}
        />
      )}
    </SettingsFrame>
  )
}
