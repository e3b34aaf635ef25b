import { NativeSelect, Stack, Text } from '@mantine/core'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Member } from '#client'
import { Dialog } from '#web/feedback/dialog.tsx'
import { useMessages } from '#web/messages/language.ts'
import { Answer } from '#web/permissions/answer.tsx'
import { type Asked, isOfProject } from '#web/permissions/questions.ts'
import { projectsQuery } from '#web/queries/workspace.ts'
import { rowsOf } from '#web/roles/matrix.ts'
import { usePermissions } from '#web/shell/use-permission.ts'
import { useWorkspace } from '#web/shell/use-workspace.ts'

/** What one member may do, and why: in general, or in one project. */
export function ExplainMember({ member, onClose }: { member: Member; onClose: () => void }) {
  const { explain, members } = useMessages()
  const { data: projects } = useSuspenseQuery(projectsQuery(useWorkspace()))
  const rows = rowsOf(usePermissions())
  const verbs: Record<string, string> = members.verbs
  const [asked, setAsked] = useState<Asked>({ resource: 'project', action: 'read' })
  const [project, setProject] = useState('')
  const cells = rows.find(({ resource }) => resource === asked.resource)?.cells ?? []
  const ofProject = isOfProject(asked)
  const chooseArea = (resource: Asked['resource']) =>
    setAsked({ resource, action: rows.find(row => row.resource === resource)?.cells[0]?.action as Asked['action'] })
  return (
    <Dialog onClose={onClose} title={explain.titleOfMember(member.name)}>
      <Stack>
        <NativeSelect
          label={explain.area}
          data={rows.map(({ resource }) => ({ value: resource, label: members.resources[resource] }))}
          value={asked.resource}
          onChange={event => chooseArea(event.target.value as Asked['resource'])}
          data-autofocus
        />
        <NativeSelect
          label={explain.action}
          data={cells.map(({ action }) => ({ value: action, label: verbs[action] ?? action }))}
          value={asked.action}
          onChange={event => setAsked({ ...asked, action: event.target.value as Asked['action'] })}
        />
        {ofProject && (
          <NativeSelect
            label={explain.project}
            data={[
              { value: '', label: explain.anyProject },
              ...projects.map(({ id, name }) => ({ value: id, label: name })),
            ]}
            value={project}
            onChange={event => setProject(event.target.value)}
          />
        )}
        <Answer asked={asked} member={member.id} id={(ofProject && project) || undefined} />
        {asked.resource === 'task' && (
          <Text size="xs" c="dimmed">
            {explain.ofOneTask}
          </Text>
        )}
      </Stack>
    </Dialog>
  )
}
