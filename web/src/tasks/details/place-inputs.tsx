import { Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Task } from '#client'
import { api } from '#web/api.ts'
import { useMessages } from '#web/messages/language.ts'
import { keyIn } from '#web/queries/keys.ts'
import { taskQuery } from '#web/queries/tasks.ts'
import { projectsQuery } from '#web/queries/workspace.ts'
import { useWorkspace } from '#web/shell/use-workspace.ts'
import type { ChangeTask } from '#web/tasks/use-change-task.ts'

type Props = { task: Task; change: ChangeTask | undefined }

/** Where a task belongs: its project, and the task above it. */
export function PlaceInputs({ task, change }: Props) {
  const { work } = useMessages()
  const { data: projects } = useSuspenseQuery(projectsQuery(useWorkspace()))
  const open = projects.filter(project => !project.archivedAt || project.id === task.projectId)
  return (
    <>
      <Select
        label={work.task.fields.projectId}
        data={open.map(({ id, key, name }) => ({ value: id, label: `${key} · ${name}` }))}
        value={task.projectId}
        disabled={!change}
        searchable
        allowDeselect={false}
        onChange={projectId => projectId && void change?.(task, { projectId })}
      />
      <ParentInput task={task} change={change} />
    </>
  )
}

function ParentInput({ task, change }: Props) {
  const { work } = useMessages()
  const workspace = useWorkspace()
  const [typed, setTyped] = useState('')
  const [q] = useDebouncedValue(typed.trim(), 200)
  const parent = useQuery({ ...taskQuery(workspace, task.parentId ?? ''), enabled: task.parentId !== null })
  const found = useQuery({
    queryKey: keyIn(workspace, 'task', 'parents', task.projectId, q),
    queryFn: ({ signal }) =>
      api.listTasks({
        path: { workspace },
        query: { project: task.projectId, limit: 20, ...(q ? { q } : {}) },
        signal,
      }),
    placeholderData: keepPreviousData,
    enabled: change !== undefined && q !== '',
  })
  if (!change && !parent.data) return null
  const offered = [...(parent.data ? [parent.data] : []), ...(found.data?.items ?? [])]
  const unique = new Map(offered.filter(one => one.id !== task.id).map(one => [one.id, `${one.key} ${one.title}`]))
  return (
    <Select
      label={work.task.fields.parentId}
      placeholder={work.task.findParent}
      data={[...unique].map(([value, label]) => ({ value, label }))}
      value={task.parentId}
      disabled={!change}
      searchable
      clearable
      // The server has searched already.
      filter={({ options }) => options}
      onSearchChange={setTyped}
      onChange={parentId => void change?.(task, { parentId })}
    />
  )
}
