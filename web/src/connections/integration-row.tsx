import { IconMessages } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Integration } from '#client'
import { api } from '#web/api.ts'
import { DeliveryBadge, DeliveryFacts } from '#web/connections/delivery-facts.tsx'
import { IntegrationModal } from '#web/connections/integration-modal.tsx'
import { RowMenu } from '#web/connections/row-menu.tsx'
import { useMayConnect } from '#web/connections/use-may-connect.ts'
import { ConfirmModal } from '#web/forms/confirm-modal.tsx'
import { useMessages } from '#web/messages/language.ts'
import { keyIn } from '#web/queries/keys.ts'
import { ListRow } from '#web/shell/rows.tsx'
import { useWorkspace } from '#web/shell/use-workspace.ts'

export function IntegrationRow({ integration }: { integration: Integration }) {
  const { settings, actions } = useMessages()
  const workspace = useWorkspace()
  const queryClient = useQueryClient()
  const [asking, setAsking] = useState<'edit' | 'delete'>()
  const close = () => setAsking(undefined)
  return (
    <ListRow
      icon={<IconMessages size={20} stroke={1.6} />}
      title={
        <>
          {integration.name} <DeliveryBadge of={integration} />
        </>
      }
      facts={
        <>
          {settings.kinds[integration.kind]} · {integration.host} · <DeliveryFacts of={integration} />
        </>
      }
    >
      {useMayConnect('integration') && (
        <RowMenu of={integration.name} onEdit={() => setAsking('edit')} onDelete={() => setAsking('delete')} />
      )}
      {asking === 'edit' && <IntegrationModal integration={integration} onClose={close} />}
      {asking === 'delete' && (
        <ConfirmModal
          title={settings.deleteIntegrationTitle(integration.name)}
          text={settings.deleteConnectionText}
          confirmLabel={actions.delete}
          act={() => api.deleteIntegration({ path: { workspace, integration: integration.id } })}
          onDone={() => queryClient.invalidateQueries({ queryKey: keyIn(workspace, 'integration') })}
          onClose={close}
        />
      )}
    </ListRow>
  )
}
