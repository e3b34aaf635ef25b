import { ActionIcon, Button, Indicator, Popover, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconBell, IconSettings } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { api } from '#web/api.ts'
import { useMessages } from '#web/messages/language.ts'
import { keyIn } from '#web/queries/keys.ts'
import { unreadQuery } from '#web/queries/notifications.ts'
import { NotificationList } from '#web/shell/notification-list.tsx'
import { useWorkspace } from '#web/shell/use-workspace.ts'
import classes from './notifications.module.css'

export function NotificationsBell() {
  const { shell, notices } = useMessages()
  const workspace = useWorkspace()
  const queryClient = useQueryClient()
  const [open, panel] = useDisclosure()
  const unread = useQuery(unreadQuery(workspace)).data?.unread ?? 0
  const readAll = useMutation({
    mutationFn: () => api.readAllNotifications({ path: { workspace } }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: keyIn(workspace, 'notification') }),
  })
  return (
    <Popover
      opened={open}
      onChange={panel.set}
      position="bottom-end"
      width="min(24rem, calc(100vw - 1rem))"
      shadow="md"
      trapFocus
    >
      <Popover.Target>
        <Indicator disabled={unread === 0} label={unread > 99 ? '99+' : unread} size={16} color="petrol" offset={5}>
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            onClick={panel.toggle}
            aria-label={unread > 0 ? shell.unread(unread) : shell.notifications}
          >
            <IconBell size={19} stroke={1.7} />
          </ActionIcon>
        </Indicator>
      </Popover.Target>
      <Popover.Dropdown p={0}>
        <div className={classes.head}>
          <Text fw={600} mr="auto">
            {shell.notifications}
          </Text>
          {unread > 0 && (
            <Button size="compact-sm" variant="subtle" loading={readAll.isPending} onClick={() => readAll.mutate()}>
              {shell.markAllRead}
            </Button>
          )}
          <ActionIcon
            component={Link}
            to="/account/notifications"
            variant="subtle"
            color="gray"
            aria-label={notices.settings}
            onClick={panel.close}
          >
            <IconSettings size={17} stroke={1.7} />
          </ActionIcon>
        </div>
        <NotificationList onOpen={panel.close} />
      </Popover.Dropdown>
    </Popover>
  )
}
