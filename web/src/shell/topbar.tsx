import { ActionIcon, Kbd, UnstyledButton } from '@mantine/core'
import { spotlight } from '@mantine/spotlight'
import { IconMenu2, IconSearch } from '@tabler/icons-react'
import { useMessages } from '#web/messages/language.ts'
import { NotificationsBell } from '#web/shell/notifications-bell.tsx'
import { UserMenu } from '#web/shell/user-menu.tsx'
import { TimerButton } from '#web/time/timer-button.tsx'
import classes from './topbar.module.css'

export function Topbar({ onMenu }: { onMenu: () => void }) {
  const { shell } = useMessages()
  return (
    <header className={classes.topbar}>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="lg"
        hiddenFrom="md"
        onClick={onMenu}
        aria-label={shell.openNavigation}
      >
        <IconMenu2 size={20} />
      </ActionIcon>
      <UnstyledButton className={classes.search} onClick={spotlight.open}>
        <IconSearch size={16} aria-hidden />
        <span>{shell.search}</span>
        <Kbd size="xs" visibleFrom="sm">
          /
        </Kbd>
      </UnstyledButton>
      <div className={classes.right}>
        <TimerButton />
        <NotificationsBell />
        <UserMenu />
      </div>
    </header>
  )
}
