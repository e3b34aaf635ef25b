import { useInfiniteQuery } from '@tanstack/react-query'
import { type ReactNode, useMemo, useRef } from 'react'
import type { NewTask } from '#client'
import { RowsSkeleton } from '#web/feedback/skeletons.tsx'
import { useMessages } from '#web/messages/language.ts'
import type { TaskFilters } from '#web/queries/tasks.ts'
import { tasksQuery } from '#web/queries/tasks.ts'
import { useWorkspace } from '#web/shell/use-workspace.ts'
import { LoadMore } from '#web/tasks/load-more.tsx'
import { QuickAdd } from '#web/tasks/quick-add.tsx'
import { TaskRow } from '#web/tasks/task-row.tsx'
import { useChangeTask } from '#web/tasks/use-change-task.ts'
import { useMayChange } from '#web/tasks/use-may.ts'
import { useRowKeys } from '#web/tasks/use-row-keys.ts'
import { useTags } from '#web/tasks/use-tags.ts'
import classes from './task-list.module.css'

type Props = {
  filters: TaskFilters /** What a new task gets; left out where none may be created. */
  common?: Omit<NewTask, 'title'> | undefined
  empty: ReactNode
}

/** Tasks as dense rows, more of them as one scrolls. */
export function TaskList({ filters, common, empty }: Props) {
  const { work } = useMessages()
  const workspace = useWorkspace()
  const tasks = useInfiniteQuery(tasksQuery(workspace, filters))
  const shown = useMemo(() => tasks.data?.pages.flatMap(page => page.items) ?? [], [tasks.data])
  const change = useChangeTask()
  const mayChange = useMayChange()
  const tags = useTags()
  const list = useRef<HTMLUListElement>(null)
  const adding = useRef<HTMLTextAreaElement>(null)
  useRowKeys(list, adding)
  if (tasks.error && !tasks.data) throw tasks.error
  return (
    <div className={classes.list}>
      {common && <QuickAdd common={common} first={filters.sort ? undefined : shown[0]?.position} inputRef={adding} />}
      {tasks.isPending ? (
        <div className={classes.loading}>
          <RowsSkeleton />
        </div>
      ) : shown.length === 0 ? (
        empty
      ) : (
        <ul ref={list} className={classes.rows} aria-label={work.task.tasks}>
          {shown.map(task => (
            <TaskRow key={task.id} task={task} tags={tags} onChange={mayChange(task) ? change : undefined} />
          ))}
        </ul>
      )}
      <LoadMore hasMore={tasks.hasNextPage} loading={tasks.isFetchingNextPage} load={tasks.fetchNextPage} />
    </div>
  )
}
