import { useSuspenseQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { NotFoundPage } from '#web/feedback/not-found-page.tsx'
import { projectsQuery } from '#web/queries/workspace.ts'
import { Page } from '#web/shell/page.tsx'
import { TaskRows } from '#web/work/task-rows.tsx'

export function ProjectPage() {
  const { workspace, project: key } = useParams({ from: '/signed-in/w/$workspace/projects/$project' })
  const project = useSuspenseQuery(projectsQuery(workspace)).data.find(one => one.key === key)
  if (!project) return <NotFoundPage />
  return (
    <Page title={project.name} wide>
      <TaskRows filters={{ project: project.id }} />
    </Page>
  )
}
