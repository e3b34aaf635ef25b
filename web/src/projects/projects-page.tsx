import { Button, Switch } from '@mantine/core'
import { IconFileImport, IconFolder, IconPlus } from '@tabler/icons-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { EmptyState } from '#web/feedback/empty-state.tsx'
import { useMessages } from '#web/messages/language.ts'
import { ProjectModal } from '#web/projects/project-modal.tsx'
import { ProjectRow } from '#web/projects/project-row.tsx'
import { projectsQuery } from '#web/queries/workspace.ts'
import { Page } from '#web/shell/page.tsx'
import { Rows } from '#web/shell/rows.tsx'
import { useCan } from '#web/shell/use-permission.ts'
import { useWorkspace } from '#web/shell/use-workspace.ts'

export function ProjectsPage() {
  const { work, shell } = useMessages()
  const workspace = useWorkspace()
  const navigate = useNavigate()
  const { archived = false } = useSearch({ from: '/signed-in/w/$workspace/projects' })
  const { data: projects } = useSuspenseQuery(projectsQuery(workspace))
  const mayWrite = useCan('project', 'write')
  const [creating, setCreating] = useState(false)
  const shown = projects.filter(project => (project.archivedAt !== null) === archived)
  const create = (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setCreating(true)}>
      {work.projects.create}
    </Button>
  )
  return (
    <Page title={shell.projects} actions={mayWrite && projects.length > 0 && create}>
      {projects.some(project => project.archivedAt) && (
        <Switch
          label={work.projects.archived}
          checked={archived}
          mb="md"
          onChange={event => void navigate({ to: '.', search: event.currentTarget.checked ? { archived: true } : {} })}
        />
      )}
      {shown.length === 0 ? (
        <EmptyState
          icon={IconFolder}
          title={archived ? work.projects.noneArchived : shell.noProjects}
          hint={mayWrite ? work.projects.emptyHint : work.projects.emptyForGuests}
        >
          {mayWrite && !archived && create}
          {mayWrite && !archived && (
            <Button
              component={Link}
              to="/w/$workspace/imports/new"
              params={{ workspace } as never}
              variant="default"
              leftSection={<IconFileImport size={16} />}
            >
              {work.imports.start}
            </Button>
          )}
        </EmptyState>
      ) : (
        <Rows>
          {shown.map(project => (
            <ProjectRow key={project.id} project={project} />
          ))}
        </Rows>
      )}
      {creating && <ProjectModal onClose={() => setCreating(false)} />}
    </Page>
  )
}
