import { Group } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { taskQuery } from '#web/queries/tasks.ts'
import { projectsQuery } from '#web/queries/workspace.ts'
import { ProjectBadge } from '#web/shell/project-badge.tsx'
import { TaskDetails } from '#web/tasks/details/task-details.tsx'
import { TaskMenu } from '#web/tasks/details/task-menu.tsx'
import { TaskPanel } from '#web/tasks/task-panel.tsx'
import classes from './task-page.module.css'

/** A task on a page of its own. Its title is the heading, edited where it stands. */
export function TaskPage() {
  const { workspace, task: id } = useParams({ from: '/signed-in/w/$workspace/tasks/$task' })
  const { data: task } = useSuspenseQuery(taskQuery(workspace, id))
  const { data: projects } = useSuspenseQuery(projectsQuery(workspace))
  const { task: beside } = useSearch({ from: '/signed-in/w/$workspace/tasks/$task' })
  const navigate = useNavigate()
  const project = projects.find(one => one.id === task.projectId)
  useDocumentTitle(`${task.key} ${task.title} · Kontor`)
  const leave = () =>
    project
      ? navigate({ to: '/w/$workspace/projects/$project', params: { workspace, project: project.key } })
      : navigate({ to: '/w/$workspace/my-work', params: { workspace } })
  return (
    <div className={classes.page}>
      <h1 className={classes.hidden}>
        {task.key} {task.title}
      </h1>
      <Group justify="space-between" mb="sm">
        <Group gap="xs" className={classes.trail}>
          {project && (
            <Link to="/w/$workspace/projects/$project" params={{ workspace, project: project.key }}>
              <ProjectBadge projectKey={project.key} /> {project.name}
            </Link>
          )}
          <span aria-hidden>/</span>
          <span>{task.key}</span>
        </Group>
        <TaskMenu task={task} onDeleted={leave} />
      </Group>
      <TaskDetails key={task.id} task={task} />
      <TaskPanel id={beside} onClose={() => void navigate({ to: '.', search: {}, replace: true })} />
    </div>
  )
}
