import { Avatar, Badge, Box, Text } from '@mantine/core'
import type { Member } from '#client'
import { LiftLock, LockBadge, LockFacts, useLock } from '#web/members/member-lock.tsx'
import { MemberMenu } from '#web/members/member-menu.tsx'
import { RoleSelect } from '#web/members/role-select.tsx'
import { useRoleName, useRoles } from '#web/members/use-role-name.ts'
import { useMessages } from '#web/messages/language.ts'
import { ListRow } from '#web/shell/rows.tsx'
import { useCan, useMe } from '#web/shell/use-permission.ts'

export function MemberRow({ member }: { member: Member }) {
  const { members, fields } = useMessages()
  const me = useMe().member
  const writes = useCan('member', 'write')
  const changeable = writes && member.active
  const role = useRoles().find(one => one.id === member.roleId)
  const nameOf = useRoleName()
  const lock = useLock(member)
  return (
    <ListRow
      icon={<Avatar name={member.name} color="initials" size={36} alt="" />}
      title={
        <>
          {member.name}
          {member.id === me.id && <Badge variant="light">{fields.you}</Badge>}
          {!member.active && (
            <Badge variant="light" color="gray">
              {members.inactive}
            </Badge>
          )}
          {lock && <LockBadge lock={lock} />}
        </>
      }
      facts={
        <>
          {member.email}
          {lock && <LockFacts lock={lock} />}
          {lock && (
            <Box hiddenFrom="sm" mt={6}>
              <LiftLock member={member} />
            </Box>
          )}
          {changeable && (
            <Box hiddenFrom="sm" mt={6}>
              <RoleSelect member={member} />
            </Box>
          )}
        </>
      }
    >
      {lock && (
        <Box visibleFrom="sm">
          <LiftLock member={member} />
        </Box>
      )}
      {changeable ? (
        <Box visibleFrom="sm">
          <RoleSelect member={member} />
        </Box>
      ) : (
        role && <Text c="dimmed">{nameOf(role)}</Text>
      )}
      {(writes || member.id === me.id) && <MemberMenu member={member} />}
    </ListRow>
  )
}
