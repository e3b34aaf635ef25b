import { Select } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '#web/api.ts'
import { useMessages } from '#web/messages/language.ts'
import { keyIn } from '#web/queries/keys.ts'
import { taskQuery } from '#web/queries/tasks.ts'
import { projectsQuery } from '#web/queries/workspace.ts'
import { useWorkspace } from '#web/shell/use-workspace.ts'

/** What time is booked on, as a form holds it. */
export type Place = { projectId: string | null; taskId: string | null }
export const emptyPlace: Place = { projectId: null, taskId: null }

/** A task knows its project, so it is enough. */
export function placeOf({ projectId, taskId }: Place): { projectId?: string; taskId?: string } {
  return taskId ? { taskId } : projectId ? { projectId } : {}
}

type Props<V extends Place> = {
  form: UseFormReturnType<V> /** The lists stay inside, so that choosing does not close it. */
  inPopover?: boolean
}

/** A project, and one of its open tasks if one is meant. */
export function PlaceFields<V extends Place>({ form, inPopover = false }: Props<V>) {
  const { work } = useMessages()
  const workspace = useWorkspace()
  const { data: projects } = useSuspenseQuery(projectsQuery(workspace))
  const [typed, setTyped] = useState('')
  const [q] = useDebouncedValue(typed.trim(), 200)
  const { projectId, taskId } = form.values
  const chosen = useQuery({ ...taskQuery(workspace, taskId ?? ''), enabled: taskId !== null })
  const found = useQuery({
    queryKey: keyIn(workspace, 'task', 'places', projectId, q),
    queryFn: ({ signal }) =>
      api.listTasks({
        path: { workspace },
        query: { project: projectId ?? undefined, limit: 30, sort: 'updated', ...(q ? { q } : {}) },
        signal,
      }),
    placeholderData: keepPreviousData,
    enabled: projectId !== null,
  })
  const tasks = new Map(
    [...(chosen.data ? [chosen.data] : []), ...(found.data?.items ?? [])].map(task => [
      task.id,
      `${task.key} ${task.title}`,
    ]),
  )
  const set = form.setFieldValue as (field: keyof Place, value: string | null) => void
  const comboboxProps = { withinPortal: !inPopover }
  return (
    <>
      <Select
        label={work.task.fields.projectId}
        data={projects
          .filter(project => !project.archivedAt || project.id === projectId)
          .map(({ id, key, name }) => ({ value: id, label: `${key} · ${name}` }))}
        searchable
        comboboxProps={comboboxProps}
        value={projectId}
        error={form.errors.projectId}
        onChange={id => {
          set('projectId', id)
          set('taskId', null)
        }}
      />
      <Select
        label={work.time.task}
        data={[...tasks].map(([value, label]) => ({ value, label }))}
        disabled={projectId === null}
        searchable
        clearable
        filter={({ options }) => options}
        comboboxProps={comboboxProps}
        value={taskId}
        error={form.errors.taskId}
        onSearchChange={text => setTyped([...tasks.values()].includes(text) ? '' : text)}
        onChange={id => set('taskId', id)}
      />
    </>
  )
}
