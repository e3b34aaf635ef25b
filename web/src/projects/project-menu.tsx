import { ActionIcon, Menu } from '@mantine/core'
import { IconArchive, IconArchiveOff, IconDots, IconHelp, IconPencil, IconTrash } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { Project } from '#client'
import { api } from '#web/api.ts'
import { useMessages } from '#web/messages/language.ts'
import { ExplainObject } from '#web/permissions/explain-object.tsx'
import { projectQuestions } from '#web/permissions/questions.ts'
import { DeleteProjectModal } from '#web/projects/delete-project-modal.tsx'
import { ProjectModal } from '#web/projects/project-modal.tsx'
import { keyIn } from '#web/queries/keys.ts'
import { useCan } from '#web/shell/use-permission.ts'
import { useWorkspace } from '#web/shell/use-workspace.ts'

/** What can be done with a project, for those who may write projects. */
export function ProjectMenu({ project }: { project: Project }) {
  const { work, actions, explain } = useMessages()
  const workspace = useWorkspace()
  const client = useQueryClient()
  const navigate = useNavigate()
  const [opened, setOpened] = useState<'edit' | 'explain' | 'delete'>()
  const explains = useCan('member', 'write')
  const archived = project.archivedAt !== null
  const archive = useMutation({
    mutationFn: () =>
      api.updateProject({
        path: { workspace, project: project.id },
        body: { archived: !archived },
        ifMatch: `"${project.version}"`,
      }),
    onSettled: () => client.invalidateQueries({ queryKey: keyIn(workspace, 'project') }),
  })
  return (
    <>
      <Menu>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" size="lg" aria-label={work.projects.actions(project.name)}>
            <IconDots size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconPencil size={15} />} onClick={() => setOpened('edit')}>
            {actions.edit}
          </Menu.Item>
          <Menu.Item
            leftSection={archived ? <IconArchiveOff size={15} /> : <IconArchive size={15} />}
            onClick={() => archive.mutate()}
          >
            {archived ? work.projects.unarchive : work.projects.archive}
          </Menu.Item>
          {explains && (
            <Menu.Item leftSection={<IconHelp size={15} />} onClick={() => setOpened('explain')}>
              {explain.whoMay}
            </Menu.Item>
          )}
          <Menu.Item color="red" leftSection={<IconTrash size={15} />} onClick={() => setOpened('delete')}>
            {actions.delete}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {opened === 'edit' && <ProjectModal project={project} onClose={() => setOpened(undefined)} />}
      {opened === 'explain' && (
        <ExplainObject
          what={project.name}
          id={project.id}
          questions={projectQuestions}
          onClose={() => setOpened(undefined)}
        />
      )}
      {opened === 'delete' && (
        <DeleteProjectModal
          project={project}
          onDeleted={() => navigate({ to: '/w/$workspace/projects', params: { workspace } })}
          onClose={() => setOpened(undefined)}
        />
      )}
    </>
  )
}
