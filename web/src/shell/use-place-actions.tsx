import type { SpotlightActionData } from '@mantine/spotlight'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useMessages } from '#web/messages/language.ts'
import { projectsQuery } from '#web/queries/workspace.ts'
import { managePlaces, workPlaces } from '#web/shell/navigation.ts'
import { ProjectBadge } from '#web/shell/project-badge.tsx'
import { usePermissions } from '#web/shell/use-permission.ts'
import { useWorkspace } from '#web/shell/use-workspace.ts'

/** The places of the sidebar, for the search. */
export function usePlaceActions(): SpotlightActionData[] {
  const messages = useMessages()
  const navigate = useNavigate()
  const workspace = useWorkspace()
  const permissions = usePermissions()
  const places = [...workPlaces, ...managePlaces].filter(place => place.mayOpen?.(permissions) ?? true)
  return places.map(({ link, label, icon: Mark }) => ({
    id: label(messages),
    label: label(messages),
    leftSection: <Mark size={18} stroke={1.7} />,
    onClick: () => void navigate(link(workspace)),
  }))
}

export function useProjectActions(): SpotlightActionData[] {
  const navigate = useNavigate()
  const workspace = useWorkspace()
  const { data: projects } = useSuspenseQuery(projectsQuery(workspace))
  return projects.map(project => ({
    id: project.id,
    label: project.name,
    keywords: project.key,
    leftSection: <ProjectBadge projectKey={project.key} />,
    onClick: () =>
      void navigate({ to: '/w/$workspace/projects/$project', params: { workspace, project: project.key } }),
  }))
}
