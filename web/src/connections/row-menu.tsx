import { ActionIcon, Menu } from '@mantine/core'
import { IconDots, IconPencil, IconTrash } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useMessages } from '#web/messages/language.ts'

type Props = { of: string; onEdit: () => void; onDelete: () => void; children?: ReactNode }

/** Edit, delete, and what else there is. */
export function RowMenu({ of, onEdit, onDelete, children }: Props) {
  const { actions } = useMessages()
  return (
    <Menu>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label={`${actions.actions}: ${of}`}>
          <IconDots size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconPencil size={16} />} onClick={onEdit}>
          {actions.edit}
        </Menu.Item>
        {children}
        <Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={onDelete}>
          {actions.delete}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
