import { Spotlight, type SpotlightActionGroupData } from '@mantine/spotlight'
import { IconSearch } from '@tabler/icons-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useMessages } from '#web/messages/language.ts'
import { projectsQuery } from '#web/queries/workspace.ts'
import { managePlaces, workPlaces } from '#web/shell/navigation.ts'
import { ProjectBadge } from '#web/shell/project-badge.tsx'
import { usePermissions } from '#web/shell/use-permission.ts'
import { useWorkspace } from '#web/shell/use-workspace.ts'

/** Ctrl K or `/`: goes to any page or project. */
export function Search() {
  const { shell } = useMessages()
  return (
    <Spotlight
      actions={[...usePlaceActions(), ...useProjectActions()]}
      shortcut={['mod + K', '/']}
      nothingFound={shell.nothingFound}
      highlightQuery
      scrollable
      maxHeight="min(26rem, 70dvh)"
      searchProps={{ leftSection: <IconSearch size={18} />, placeholder: shell.searchHint, 'aria-label': shell.search }}
    />
  )
}

function usePlaceActions(): SpotlightActionGroupData[] {
  const messages = useMessages()
  const navigate = useNavigate()
  const workspace = useWorkspace()
  const permissions = usePermissions()
  const places = [...workPlaces, ...managePlaces].filter(place => place.mayOpen?.(permissions) ?? true)
  const actions = places.map(({ link, label, icon: Mark }) => ({
    id: label(messages),
    label: label(messages),
    leftSection: <Mark size={18} stroke={1.7} />,
    onClick: () => void navigate(link(workspace)),
  }))
  return [{ group: messages.shell.pages, actions }]
}

function useProjectActions(): SpotlightActionGroupData[] {
  const { shell } = useMessages()
  const navigate = useNavigate()
  const workspace = useWorkspace()
  const { data: projects } = useSuspenseQuery(projectsQuery(workspace))
  const actions = projects.map(project => ({
    id: project.id,
    label: project.name,
    keywords: project.key,
    leftSection: <ProjectBadge projectKey={project.key} />,
    onClick: () =>
      void navigate({ to: '/w/$workspace/projects/$project', params: { workspace, project: project.key } }),
  }))
  return [{ group: shell.projects, actions }]
}
