import { Text } from '@mantine/core'
import { useMessages } from '#web/messages/language.ts'
import { managePlaces, workPlaces } from '#web/shell/navigation.ts'
import { PlaceLinks } from '#web/shell/place-links.tsx'
import { ProjectLinks } from '#web/shell/project-links.tsx'
import { WorkspaceSwitcher } from '#web/shell/workspace-switcher.tsx'
import classes from './sidebar.module.css'

/** The places of a workspace that the caller may open. */
export function Sidebar({ onNavigate }: { onNavigate?: () => void }) {
  const { shell } = useMessages()
  return (
    <div className={classes.sidebar}>
      <WorkspaceSwitcher />
      <nav aria-label={shell.navigation} className={classes.nav} onClickCapture={onNavigate}>
        <PlaceLinks places={workPlaces} />
        <Text component="h2" className={classes.group}>
          {shell.projects}
        </Text>
        <ProjectLinks />
        <PlaceLinks places={managePlaces} title={shell.manage} />
      </nav>
    </div>
  )
}
