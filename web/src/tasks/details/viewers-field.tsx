import { MultiSelect, Text } from '@mantine/core'
import { useSuspenseQuery } from '@tanstack/react-query'
import type { Task } from '#client'
import { useMessages } from '#web/messages/language.ts'
import { projectsQuery } from '#web/queries/workspace.ts'
import { useWorkspace } from '#web/shell/use-workspace.ts'
import type { ChangeTask } from '#web/tasks/use-change-task.ts'
import { usePeople } from '#web/tasks/use-people.ts'

/** Who may see a task: those of its project, and the viewers that it names. */
export function ViewersField({ task, change }: { task: Task; change: ChangeTask | undefined }) {
  const { work } = useMessages()
  const people = usePeople()
  const { data: projects } = useSuspenseQuery(projectsQuery(useWorkspace()))
  const project = projects.find(one => one.id === task.projectId)
  const members = project?.memberIds.map(id => people.nameOf(id)).join(', ')
  const seen = project?.private ? work.task.seenByMembers(members || '–') : work.task.seenByAll
  const data = people.members
    .filter(member => member.active || task.viewerIds.includes(member.id))
    .map(({ id, name }) => ({ value: id, label: name }))
  return (
    <div>
      <MultiSelect
        label={work.task.fields.viewerIds}
        placeholder={task.viewerIds.length === 0 && change ? work.task.addViewer : ''}
        data={data}
        searchable
        disabled={!change}
        value={task.viewerIds.filter(id => people.find(id))}
        onChange={viewerIds => void change?.(task, { viewerIds })}
      />
      {change && (
        <Text size="xs" c="dimmed" mt={4}>
          {seen}
        </Text>
      )}
    </div>
  )
}
