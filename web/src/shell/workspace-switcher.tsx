import { Badge, Menu, UnstyledButton } from '@mantine/core'
import { IconCheck, IconLayoutGrid, IconPlus, IconSelector } from '@tabler/icons-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useMessages } from '#web/messages/language.ts'
import { sessionQuery } from '#web/queries/session.ts'
import { useWorkspace } from '#web/shell/use-workspace.ts'
import { WorkspaceAvatar } from '#web/shell/workspace-avatar.tsx'
import classes from './workspace-switcher.module.css'

export function WorkspaceSwitcher() {
  const { entrance, shell } = useMessages()
  const slug = useWorkspace()
  const workspaces = useSuspenseQuery(sessionQuery).data?.workspaces ?? []
  const name = workspaces.find(workspace => workspace.slug === slug)?.name ?? slug
  return (
    <Menu width="target" position="bottom-start">
      <Menu.Target>
        <UnstyledButton className={classes.current} aria-label={`${name}. ${shell.switchWorkspace}`}>
          <WorkspaceAvatar name={name} />
          <span className={classes.name}>{name}</span>
          <IconSelector size={16} aria-hidden />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        {workspaces.map(workspace => (
          <Menu.Item
            key={workspace.id}
            component={Link}
            to={`/w/${workspace.slug}`}
            leftSection={<WorkspaceAvatar name={workspace.name} />}
            rightSection={workspace.slug === slug ? <IconCheck size={16} /> : null}
          >
            {workspace.name}
            {workspace.deleteAt && (
              <Badge variant="light" color="red" size="sm" ml={6}>
                {entrance.closingShort}
              </Badge>
            )}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item component={Link} to="/workspaces" leftSection={<IconLayoutGrid size={16} />}>
          {shell.allWorkspaces}
        </Menu.Item>
        <Menu.Item component={Link} to="/workspaces/new" leftSection={<IconPlus size={16} />}>
          {shell.newWorkspace}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
