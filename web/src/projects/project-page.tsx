import { useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { Board } from '#web/board/board.tsx'
import { NotFoundPage } from '#web/feedback/not-found-page.tsx'
import { useMessages } from '#web/messages/language.ts'
import { ProjectEmpty } from '#web/projects/project-empty.tsx'
import { ProjectLead } from '#web/projects/project-lead.tsx'
import { ProjectMenu } from '#web/projects/project-menu.tsx'
import { filtersOf, listedStatuses } from '#web/projects/project-search.ts'
import { ProjectTabs } from '#web/projects/project-tabs.tsx'
import { projectsQuery } from '#web/queries/workspace.ts'
import { Page } from '#web/shell/page.tsx'
import { useCan } from '#web/shell/use-permission.ts'
import { FilterBar } from '#web/tasks/filter-bar.tsx'
import { TaskList } from '#web/tasks/task-list.tsx'
import { TaskPanel } from '#web/tasks/task-panel.tsx'

/** A project: its tasks as a list or on a board, and one of them beside. */
export function ProjectPage() {
  const { work } = useMessages()
  const { workspace, project: key } = useParams({ from: '/signed-in/w/$workspace/projects/$project' })
  const search = useSearch({ from: '/signed-in/w/$workspace/projects/$project' })
  const navigate = useNavigate()
  const mayWrite = useCan('project', 'write')
  const mayCreate = useCan('task', 'create')
  const project = useSuspenseQuery(projectsQuery(workspace)).data.find(one => one.key === key)
  if (!project) return <NotFoundPage />
  const filters = { ...filtersOf(search), project: project.id }
  const common = mayCreate && !project.archivedAt ? { projectId: project.id } : undefined
  const set = (changes: Record<string, unknown>) =>
    void navigate({ to: '.', search: { ...search, ...changes } as never, replace: true })
  return (
    <Page
      title={project.name}
      lead={<ProjectLead project={project} />}
      actions={mayWrite && <ProjectMenu project={project} />}
      wide
    >
      <ProjectTabs label={work.projects.layouts} projectKey={project.key} />
      <FilterBar filters={filters} onChange={set} layout={search.layout ?? 'list'} closed={search.closed ?? false} />
      {search.layout === 'board' ? (
        <Board filters={filters} common={common} />
      ) : (
        <TaskList
          filters={{ ...filters, ...listedStatuses(search) }}
          common={common}
          empty={<ProjectEmpty filters={filters} mayCreate={common !== undefined} onClear={set} />}
        />
      )}
      <TaskPanel id={search.task} onClose={() => set({ task: undefined })} />
    </Page>
  )
}
