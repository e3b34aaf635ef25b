import { Avatar } from '@mantine/core'
import { IconUser } from '@tabler/icons-react'
import type { Member } from '#client'
import { useMessages } from '#web/messages/language.ts'

type Props = {
  member: Member | undefined
  size?: number /** Somebody is meant, who may not be known here. */
  id?: string | null
}

/** A person as initials, with the name for those who point or listen. */
export function PersonMark({ member, id = null, size = 24 }: Props) {
  const { work, fields } = useMessages()
  const name = member?.name ?? (id ? fields.somebody : work.task.unassigned)
  return (
    <Avatar
      size={size}
      name={member?.name ?? ''}
      color={member ? 'initials' : 'gray'}
      title={name}
      alt={name}
      variant={member ? 'light' : 'outline'}
    >
      {member ? undefined : <IconUser size={size * 0.6} aria-hidden />}
    </Avatar>
  )
}
