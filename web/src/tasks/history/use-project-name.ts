import { useSuspenseQuery } from '@tanstack/react-query'
import { useMessages } from '#web/messages/language.ts'
import { projectsQuery } from '#web/queries/workspace.ts'
import { useWorkspace } from '#web/shell/use-workspace.ts'

/** What a project is called today, as far as the caller may know. */
export function useProjectName(): (id: string | null) => string {
  const { history } = useMessages().work
  const { data: projects } = useSuspenseQuery(projectsQuery(useWorkspace()))
  return id => projects.find(project => project.id === id)?.name ?? history.somewhere
}
