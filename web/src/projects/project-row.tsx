import { Badge } from '@mantine/core'
import { IconLock } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { Project } from '#client'
import { useFormats } from '#web/messages/formats.ts'
import { useMessages } from '#web/messages/language.ts'
import { ProjectMenu } from '#web/projects/project-menu.tsx'
import { ProjectBadge } from '#web/shell/project-badge.tsx'
import { ListRow } from '#web/shell/rows.tsx'
import { useCan } from '#web/shell/use-permission.ts'
import { useWorkspace } from '#web/shell/use-workspace.ts'

export function ProjectRow({ project }: { project: Project }) {
  const { work } = useMessages()
  const formats = useFormats()
  const workspace = useWorkspace()
  const mayWrite = useCan('project', 'write')
  const title = (
    <>
      <Link to="/w/$workspace/projects/$project" params={{ workspace, project: project.key }}>
        {project.name}
      </Link>
      {project.private && <PrivateBadge />}
    </>
  )
  const facts = project.archivedAt
    ? work.projects.archivedOn(formats.date(project.archivedAt))
    : work.projects.createdOn(formats.date(project.createdAt))
  return (
    <ListRow icon={<ProjectBadge projectKey={project.key} />} title={title} facts={facts}>
      {mayWrite && <ProjectMenu project={project} />}
    </ListRow>
  )
}

export function PrivateBadge() {
  const { work } = useMessages()
  return (
    <Badge
      variant="light"
      color="gray"
      size="sm"
      leftSection={<IconLock size={11} aria-hidden />}
      ml="xs"
      title={work.projects.privateHint}
    >
      {work.projects.private}
    </Badge>
  )
}
