import { NativeSelect, Switch, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import type { Integration, NewIntegration } from '#client'
import { api } from '#web/api.ts'
import { EventSelect } from '#web/connections/event-select.tsx'
import { FormModal } from '#web/forms/form-modal.tsx'
import { filled, httpsRule } from '#web/forms/rules.ts'
import { useApiForm } from '#web/forms/use-api-form.ts'
import { useMessages } from '#web/messages/language.ts'
import { keyIn } from '#web/queries/keys.ts'
import { useWorkspace } from '#web/shell/use-workspace.ts'

type Values = Required<{ [K in keyof NewIntegration]: NonNullable<NewIntegration[K]> }>

/** A new integration, or changes to one; its address is never shown again. */
export function IntegrationModal({ integration, onClose }: { integration?: Integration; onClose: () => void }) {
  const { settings, actions, fields } = useMessages()
  const workspace = useWorkspace()
  const queryClient = useQueryClient()
  const body = useApiForm<Values, Integration>({
    initialValues: {
      kind: integration?.kind ?? 'slack',
      name: integration?.name ?? '',
      url: '',
      actions: (integration?.actions ?? []) as Values['actions'],
      active: integration?.active ?? true,
    },
    validate: { name: filled, url: value => (integration && !value ? null : httpsRule(value)) },
    send: (values, call) =>
      integration
        ? change(workspace, integration, values)
        : api.createIntegration({ path: { workspace }, body: values, ...call }),
    onDone: async () => {
      onClose()
      await queryClient.invalidateQueries({ queryKey: keyIn(workspace, 'integration') })
    },
  })
  const { form } = body
  const kinds = Object.entries(settings.kinds).map(([value, label]) => ({ value, label }))
  return (
    <FormModal
      title={integration ? settings.editIntegration : settings.newIntegration}
      of={body}
      submitLabel={integration ? actions.save : actions.create}
      onClose={onClose}
    >
      <NativeSelect
        label={settings.kind}
        data={kinds}
        disabled={integration !== undefined}
        {...form.getInputProps('kind')}
      />
      <TextInput label={fields.name} maxLength={100} data-autofocus {...form.getInputProps('name')} />
      <TextInput
        label={settings.incomingUrl}
        description={integration ? settings.incomingUrlKeep : settings.incomingUrlHint}
        placeholder="https://"
        type="url"
        autoComplete="off"
        {...form.getInputProps('url')}
      />
      <EventSelect {...form.getInputProps('actions')} value={form.values.actions} />
      <Switch label={settings.active} {...form.getInputProps('active', { type: 'checkbox' })} />
    </FormModal>
  )
}

function change(
  workspace: string,
  { id, version }: Integration,
  { kind: _, url, ...values }: Values,
): Promise<Integration> {
  return api.updateIntegration({
    path: { workspace, integration: id },
    body: { ...values, ...(url ? { url } : {}) },
    ifMatch: `"${version}"`,
  })
}
