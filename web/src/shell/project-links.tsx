import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useMessages } from '#web/messages/language.ts'
import { projectsQuery } from '#web/queries/workspace.ts'
import { ProjectBadge } from '#web/shell/project-badge.tsx'
import { useWorkspace } from '#web/shell/use-workspace.ts'
import classes from './sidebar.module.css'

export function ProjectLinks() {
  const { shell } = useMessages()
  const workspace = useWorkspace()
  const { data: projects } = useSuspenseQuery(projectsQuery(workspace))
  const current = projects.filter(project => project.archivedAt === null)
  if (current.length === 0) return <p className={classes.none}>{shell.noProjects}</p>
  return (
    <ul className={classes.list}>
      {current.map(project => (
        <li key={project.id}>
          <Link
            to="/w/$workspace/projects/$project"
            params={{ workspace, project: project.key }}
            className={classes.link}
          >
            <ProjectBadge projectKey={project.key} />
            <span>{project.name}</span>
          </Link>
        </li>
      ))}
    </ul>
  )
}
