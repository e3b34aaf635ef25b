import { Switch, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import type { NewWebhook, Webhook } from '#client'
import { api } from '#web/api.ts'
import { EventSelect } from '#web/connections/event-select.tsx'
import { FormModal } from '#web/forms/form-modal.tsx'
import { httpsRule } from '#web/forms/rules.ts'
import { useApiForm } from '#web/forms/use-api-form.ts'
import { useMessages } from '#web/messages/language.ts'
import { keyIn } from '#web/queries/keys.ts'
import { useWorkspace } from '#web/shell/use-workspace.ts'

type Props = { webhook?: Webhook; onSecret: (secret: string) => void; onClose: () => void }
type Actions = NonNullable<NewWebhook['actions']>

/** A new webhook, whose secret is then shown once, or changes to one. */
export function WebhookModal({ webhook, onSecret, onClose }: Props) {
  const { settings, actions } = useMessages()
  const workspace = useWorkspace()
  const queryClient = useQueryClient()
  const body = useApiForm({
    initialValues: {
      url: webhook?.url ?? '',
      actions: (webhook?.actions ?? []) as Actions,
      active: webhook?.active ?? true,
    },
    validate: { url: httpsRule },
    send: async (values, { idempotencyKey }) => {
      if (!webhook) return (await api.createWebhook({ path: { workspace }, body: values, idempotencyKey })).secret
      await api.updateWebhook({
        path: { workspace, webhook: webhook.id },
        body: values,
        ifMatch: `"${webhook.version}"`,
      })
      return undefined
    },
    onDone: async secret => {
      onClose()
      if (secret) onSecret(secret)
      await queryClient.invalidateQueries({ queryKey: keyIn(workspace, 'webhook') })
    },
  })
  const { form } = body
  return (
    <FormModal
      title={webhook ? settings.editWebhook : settings.newWebhook}
      of={body}
      submitLabel={webhook ? actions.save : actions.create}
      onClose={onClose}
    >
      <TextInput
        label={settings.url}
        description={settings.urlHint}
        placeholder="https://"
        type="url"
        data-autofocus
        {...form.getInputProps('url')}
      />
      <EventSelect {...form.getInputProps('actions')} value={form.values.actions} />
      <Switch label={settings.active} {...form.getInputProps('active', { type: 'checkbox' })} />
    </FormModal>
  )
}
