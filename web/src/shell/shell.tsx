import { Drawer } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { Outlet } from '@tanstack/react-router'
import { useMessages } from '#web/messages/language.ts'
import { Search } from '#web/shell/search.tsx'
import { Shortcuts } from '#web/shell/shortcuts.tsx'
import { Sidebar } from '#web/shell/sidebar.tsx'
import { Topbar } from '#web/shell/topbar.tsx'
import { useLiveUpdates } from '#web/shell/use-live-updates.ts'
import { useWorkspace } from '#web/shell/use-workspace.ts'
import classes from './shell.module.css'

/** What surrounds every page of a workspace. */
export function Shell() {
  const workspace = useWorkspace()
  const { shell, actions } = useMessages()
  const [menuOpen, menu] = useDisclosure()
  useLiveUpdates(workspace)
  return (
    <div className={classes.shell}>
      <a href="#content" className={classes.skip}>
        {shell.skip}
      </a>
      <aside className={classes.sidebar}>
        <Sidebar />
      </aside>
      <Drawer
        opened={menuOpen}
        onClose={menu.close}
        size="17rem"
        padding={0}
        title={shell.navigation}
        classNames={{ header: classes.drawerHeader, content: classes.drawer, body: classes.drawerBody }}
        closeButtonProps={{ 'aria-label': actions.close }}
      >
        <Sidebar onNavigate={menu.close} />
      </Drawer>
      <div className={classes.column}>
        <Topbar onMenu={menu.open} />
        <main id="content" className={classes.main} tabIndex={-1}>
          <Outlet />
        </main>
      </div>
      <Search />
      <Shortcuts />
    </div>
  )
}
