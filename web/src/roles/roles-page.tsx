import { Badge, Button } from '@mantine/core'
import { IconChevronRight, IconPlus, IconShield } from '@tabler/icons-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Role } from '#client'
import { MembersFrame } from '#web/members/members-frame.tsx'
import { useRoleName } from '#web/members/use-role-name.ts'
import { useMessages } from '#web/messages/language.ts'
import { membersQuery, rolesQuery } from '#web/queries/workspace.ts'
import { rowsOf } from '#web/roles/matrix.ts'
import { useCan } from '#web/shell/use-permission.ts'
import { useWorkspace } from '#web/shell/use-workspace.ts'
import classes from './roles.module.css'

export function RolesPage() {
  const { members } = useMessages()
  const workspace = useWorkspace()
  const { data: roles } = useSuspenseQuery(rolesQuery(workspace))
  const { data: people } = useSuspenseQuery(membersQuery(workspace))
  const writes = useCan('role', 'write')
  return (
    <MembersFrame
      actions={
        writes && (
          <Button
            leftSection={<IconPlus size={17} />}
            renderRoot={props => <Link to="/w/$workspace/members/roles/new" params={{ workspace }} {...props} />}
          >
            {members.newRole}
          </Button>
        )
      }
    >
      <ul className={classes.roles}>
        {roles.map(role => (
          <li key={role.id}>
            <RoleLink role={role} people={people.filter(member => member.roleId === role.id).length} />
          </li>
        ))}
      </ul>
    </MembersFrame>
  )
}

function RoleLink({ role, people }: { role: Role; people: number }) {
  const { members } = useMessages()
  const workspace = useWorkspace()
  const nameOf = useRoleName()
  const cells = rowsOf(role.permissions).flatMap(row => row.cells)
  const allowed = cells.filter(cell => cell.scope !== 'none').length
  return (
    <Link to="/w/$workspace/members/roles/$role" params={{ workspace, role: role.id }} className={classes.role}>
      <IconShield size={20} stroke={1.6} aria-hidden />
      <span className={classes.text}>
        <span className={classes.name}>
          {nameOf(role)}
          <Badge variant="light" color={role.builtin ? 'gray' : 'petrol'}>
            {role.builtin ? members.builtin : members.custom}
          </Badge>
          {role.guest && <Badge variant="outline">{members.guestRole}</Badge>}
        </span>
        <span className={classes.facts}>
          {members.count(people)} · {members.allows(allowed, cells.length)}
        </span>
      </span>
      <IconChevronRight size={18} aria-hidden />
    </Link>
  )
}
