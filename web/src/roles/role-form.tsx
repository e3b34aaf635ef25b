import { Button, Group, Paper, Stack, Switch, Text, TextInput } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { Permissions, Role } from '#client'
import { FormBody } from '#web/forms/form-body.tsx'
import { filled } from '#web/forms/rules.ts'
import { useApiForm } from '#web/forms/use-api-form.ts'
import { useMessages } from '#web/messages/language.ts'
import { withScope } from '#web/roles/matrix.ts'
import { PermissionMatrix } from '#web/roles/permission-matrix.tsx'
import { useWorkspace } from '#web/shell/use-workspace.ts'

type Values = { name: string; guest: boolean; permissions: Permissions }
type Props = {
  initial: Values
  submitLabel: string
  send: (values: Values, call: { idempotencyKey: string }) => Promise<Role>
  onDone: (role: Role) => void | Promise<void>
}

/** A role of one's own: its name and its whole matrix. */
export function RoleForm({ initial, submitLabel, send, onDone }: Props) {
  const { members } = useMessages()
  const body = useApiForm<Values, Role>({ initialValues: initial, validate: { name: filled }, send, onDone })
  const { form } = body
  return (
    <Paper withBorder p="lg">
      <FormBody of={body} submitLabel={submitLabel}>
        <TextInput label={members.roleName} maxLength={60} maw="24rem" {...form.getInputProps('name')} />
        <Switch
          label={members.guestRole}
          description={members.guestHint}
          {...form.getInputProps('guest', { type: 'checkbox' })}
        />
        <Stack gap="xs">
          <Text fw={600}>{members.permissions}</Text>
          <Text size="sm" c="dimmed">
            {members.beyondYours}
          </Text>
          <PermissionMatrix
            value={form.values.permissions}
            onChange={cell => form.setFieldValue('permissions', withScope(form.values.permissions, cell))}
          />
        </Stack>
      </FormBody>
    </Paper>
  )
}

/** The way back to all roles, and what else can be done. */
export function RoleActions({ children }: { children?: ReactNode }) {
  const { members } = useMessages()
  const workspace = useWorkspace()
  return (
    <Group gap="xs">
      <Button
        variant="default"
        renderRoot={props => <Link to="/w/$workspace/members/roles" params={{ workspace }} {...props} />}
      >
        {members.roles}
      </Button>
      {children}
    </Group>
  )
}
