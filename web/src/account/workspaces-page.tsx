import { Badge, Button, Stack, Text } from '@mantine/core'
import { IconChevronRight, IconPlus } from '@tabler/icons-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { FrontPage } from '#web/account/front-page.tsx'
import { useFormats } from '#web/messages/formats.ts'
import { useMessages } from '#web/messages/language.ts'
import { sessionQuery } from '#web/queries/session.ts'
import { WorkspaceAvatar } from '#web/shell/workspace-avatar.tsx'
import classes from './workspaces-page.module.css'

export function WorkspacesPage() {
  const { account, entrance } = useMessages()
  const { date } = useFormats()
  const workspaces = useSuspenseQuery(sessionQuery).data?.workspaces ?? []
  const none = workspaces.length === 0
  return (
    <FrontPage
      title={none ? account.noWorkspaces : account.chooseWorkspace}
      hint={none ? account.noWorkspacesHint : undefined}
    >
      <Stack gap="xs">
        {workspaces.map(workspace => (
          <Link
            key={workspace.id}
            to="/w/$workspace"
            params={{ workspace: workspace.slug }}
            className={classes.workspace}
          >
            <WorkspaceAvatar name={workspace.name} />
            <span className={classes.name}>
              {workspace.name}
              <Text size="xs" c="dimmed">
                {workspace.slug}
              </Text>
              {workspace.deleteAt && (
                <Badge variant="light" color="red">
                  {entrance.closingMark(date(workspace.deleteAt))}
                </Badge>
              )}
            </span>
            <IconChevronRight size={18} aria-hidden />
          </Link>
        ))}
        <Button
          component={Link}
          to="/workspaces/new"
          variant={none ? 'filled' : 'default'}
          leftSection={<IconPlus size={16} />}
          mt="xs"
        >
          {account.createWorkspace}
        </Button>
      </Stack>
    </FrontPage>
  )
}
