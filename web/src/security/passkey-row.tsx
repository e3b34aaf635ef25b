import { ActionIcon, Badge, Menu, TextInput } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconDots, IconKey, IconPencil, IconTrash } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import type { Passkey } from '#client'
import { api } from '#web/api.ts'
import { ConfirmModal } from '#web/forms/confirm-modal.tsx'
import { FormModal } from '#web/forms/form-modal.tsx'
import { filled } from '#web/forms/rules.ts'
import { useApiForm } from '#web/forms/use-api-form.ts'
import { useFormats } from '#web/messages/formats.ts'
import { useMessages } from '#web/messages/language.ts'
import { useProved } from '#web/proof/proof-provider.tsx'
import { refreshSecurity, secondFactorsQuery } from '#web/queries/security.ts'
import { ListRow } from '#web/shell/rows.tsx'

type Props = {
  passkey: Passkey
  /** Without it there is no second factor any more. */
  isLast: boolean
}

export function PasskeyRow({ passkey, isLast }: Props) {
  const { passkeys } = useMessages().security
  const { date, relative } = useFormats()
  const queryClient = useQueryClient()
  const proved = useProved()
  const [renaming, rename] = useDisclosure()
  const [removing, remove] = useDisclosure()
  const facts = [
    passkeys.addedOn(date(passkey.createdAt)),
    passkey.lastUsedAt ? passkeys.used(relative(passkey.lastUsedAt)) : passkeys.unused,
  ]
  return (
    <ListRow
      icon={<IconKey size={20} stroke={1.6} />}
      title={
        <>
          {passkey.name}{' '}
          {passkey.synced && (
            <Badge variant="light" color="gray">
              {passkeys.synced}
            </Badge>
          )}
        </>
      }
      facts={facts.join(' · ')}
    >
      <PasskeyMenu name={passkey.name} onRename={rename.open} onRemove={remove.open} />
      {renaming && <Rename passkey={passkey} onClose={rename.close} />}
      {removing && (
        <ConfirmModal
          title={passkeys.removeTitle(passkey.name)}
          text={isLast ? passkeys.removeLastText : passkeys.removeText}
          confirmLabel={passkeys.remove}
          act={() => proved(() => api.deletePasskey({ path: { passkey: passkey.id } }))}
          onDone={() => refreshSecurity(queryClient)}
          onClose={remove.close}
        />
      )}
    </ListRow>
  )
}

function PasskeyMenu({ name, onRename, onRemove }: { name: string; onRename: () => void; onRemove: () => void }) {
  const { members, security } = useMessages()
  return (
    <Menu>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={members.actionsFor(name)}>
          <IconDots size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconPencil size={16} />} onClick={onRename}>
          {security.passkeys.rename}
        </Menu.Item>
        <Menu.Item leftSection={<IconTrash size={16} />} color="red" onClick={onRemove}>
          {security.passkeys.remove}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

function Rename({ passkey, onClose }: { passkey: Passkey; onClose: () => void }) {
  const { actions, security } = useMessages()
  const queryClient = useQueryClient()
  const body = useApiForm({
    initialValues: { name: passkey.name },
    validate: { name: filled },
    send: ({ name }) => api.updatePasskey({ path: { passkey: passkey.id }, body: { name: name.trim() } }),
    onDone: async () => {
      await queryClient.invalidateQueries({ queryKey: secondFactorsQuery.queryKey })
      onClose()
    },
  })
  return (
    <FormModal title={security.passkeys.rename} of={body} submitLabel={actions.save} onClose={onClose}>
      <TextInput label={security.passkeys.name} maxLength={100} data-autofocus {...body.form.getInputProps('name')} />
    </FormModal>
  )
}
