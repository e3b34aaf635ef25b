import { Menu } from '@mantine/core'
import { IconListDetails, IconRefresh, IconWebhook } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { Webhook } from '#client'
import { api } from '#web/api.ts'
import { DeliveryBadge, DeliveryFacts } from '#web/connections/delivery-facts.tsx'
import { RowMenu } from '#web/connections/row-menu.tsx'
import { useMayConnect, useReadsDeliveries } from '#web/connections/use-may-connect.ts'
import { WebhookModal } from '#web/connections/webhook-modal.tsx'
import { ConfirmModal } from '#web/forms/confirm-modal.tsx'
import { useMessages } from '#web/messages/language.ts'
import { keyIn } from '#web/queries/keys.ts'
import { ListRow } from '#web/shell/rows.tsx'
import { useWorkspace } from '#web/shell/use-workspace.ts'

type Props = { webhook: Webhook; onSecret: (secret: string) => void }

export function WebhookRow({ webhook, onSecret }: Props) {
  const { settings, actions, deliveries } = useMessages()
  const workspace = useWorkspace()
  const queryClient = useQueryClient()
  const [asking, setAsking] = useState<'edit' | 'secret' | 'delete'>()
  const path = { workspace, webhook: webhook.id }
  const log = { to: '/w/$workspace/settings/webhooks/$webhook', params: path } as const
  const close = () => setAsking(undefined)
  const refresh = () => queryClient.invalidateQueries({ queryKey: keyIn(workspace, 'webhook') })
  const rotate = async () => onSecret((await api.rotateWebhookSecret({ path })).secret)
  return (
    <ListRow
      icon={<IconWebhook size={20} stroke={1.6} />}
      title={
        <>
          {useReadsDeliveries() ? <Link {...log}>{webhook.url}</Link> : webhook.url} <DeliveryBadge of={webhook} />
        </>
      }
      facts={<DeliveryFacts of={webhook} />}
    >
      {useMayConnect('webhook') && (
        <RowMenu of={webhook.url} onEdit={() => setAsking('edit')} onDelete={() => setAsking('delete')}>
          <Menu.Item leftSection={<IconListDetails size={16} />} renderRoot={props => <Link {...log} {...props} />}>
            {deliveries.title}
          </Menu.Item>
          <Menu.Item leftSection={<IconRefresh size={16} />} onClick={() => setAsking('secret')}>
            {settings.newSecret}
          </Menu.Item>
        </RowMenu>
      )}
      {asking === 'edit' && <WebhookModal webhook={webhook} onSecret={onSecret} onClose={close} />}
      {asking === 'secret' && (
        <ConfirmModal
          title={settings.newSecretTitle}
          text={settings.newSecretText}
          confirmLabel={settings.newSecret}
          act={rotate}
          onDone={refresh}
          onClose={close}
        />
      )}
      {asking === 'delete' && (
        <ConfirmModal
          title={settings.deleteWebhookTitle}
          text={settings.deleteConnectionText}
          confirmLabel={actions.delete}
          act={() => api.deleteWebhook({ path })}
          onDone={refresh}
          onClose={close}
        />
      )}
    </ListRow>
  )
}
