import { NativeSelect, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import type { MadeApiToken, Permissions } from '#client'
import { api } from '#web/api.ts'
import { FormModal } from '#web/forms/form-modal.tsx'
import { filled } from '#web/forms/rules.ts'
import { useApiForm } from '#web/forms/use-api-form.ts'
import { useMessages } from '#web/messages/language.ts'
import { keyIn } from '#web/queries/keys.ts'
import { type Cell, rowsOf, withScope } from '#web/roles/matrix.ts'
import { PermissionMatrix } from '#web/roles/permission-matrix.tsx'
import { usePermissions } from '#web/shell/use-permission.ts'
import { useWorkspace } from '#web/shell/use-workspace.ts'

type Limits = 'all' | 'read' | 'custom'

export function TokenModal({ onMade, onClose }: { onMade: (token: MadeApiToken) => void; onClose: () => void }) {
  const { settings, actions } = useMessages()
  const workspace = useWorkspace()
  const queryClient = useQueryClient()
  const mine = usePermissions()
  const body = useApiForm({
    initialValues: { name: '', expiry: '90', limits: 'all' as Limits, permissions: nothing(mine) },
    validate: { name: filled },
    send: ({ name, expiry, limits, permissions }, { idempotencyKey }) =>
      api.createApiToken({
        path: { workspace },
        body: { name, ...expiryIn(Number(expiry)), ...limitsOf(limits, permissions, mine) },
        idempotencyKey,
      }),
    onDone: async token => {
      onClose()
      onMade(token)
      await queryClient.invalidateQueries({ queryKey: keyIn(workspace, 'api_token') })
    },
  })
  const { form } = body
  const expiries = [30, 90].map(days => ({ value: String(days), label: settings.expiryDays(days) }))
  const custom = form.values.limits === 'custom'
  return (
    <FormModal
      title={settings.newToken}
      of={body}
      submitLabel={actions.create}
      onClose={onClose}
      size={custom ? 'xl' : 'md'}
    >
      <TextInput label={settings.tokenName} maxLength={100} data-autofocus {...form.getInputProps('name')} />
      <NativeSelect
        label={settings.expiry}
        description={form.values.expiry === '0' ? settings.neverHint : undefined}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        data={[...expiries, { value: '365', label: settings.expiryYear }, { value: '0', label: settings.never }]}
        {...form.getInputProps('expiry')}
      />
      <NativeSelect
        label={settings.limits}
        data={[
          { value: 'all', label: settings.limitAll },
          { value: 'read', label: settings.limitRead },
          { value: 'custom', label: settings.limitCustom },
        ]}
        {...form.getInputProps('limits')}
      />
      {custom && (
        <PermissionMatrix
          value={form.values.permissions}
          onChange={cell => form.setFieldValue('permissions', withScope(form.values.permissions, cell))}
        />
      )}
    </FormModal>
  )
}

function expiryIn(days: number): { expiresAt?: string } {
  return days > 0 ? { expiresAt: new Date(Date.now() + days * 86_400_000).toISOString() } : {}
}

function limitsOf(limits: Limits, chosen: Permissions, mine: Permissions): { permissions?: Permissions } {
  if (limits === 'all') return {}
  if (limits === 'custom') return { permissions: chosen }
  return { permissions: without(mine, cell => cell.action !== 'read') }
}

// What is chosen is chosen one by one, so that nothing is given by oversight.
function nothing(mine: Permissions): Permissions {
  return without(mine, () => true)
}

function without(mine: Permissions, isTaken: (cell: Cell) => boolean): Permissions {
  return rowsOf(mine)
    .flatMap(row => row.cells)
    .filter(isTaken)
    .reduce((left, cell) => withScope(left, { ...cell, scope: 'none' }), mine)
}
