import { useInfiniteQuery } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import { columnsOf } from '#web/board/columns.ts'
import { type TaskFilters, tasksQuery } from '#web/queries/tasks.ts'
import { useWorkspace } from '#web/shell/use-workspace.ts'
import { openStatuses } from '#web/tasks/task.ts'

const mostOpen = 2000

/** The tasks of a board by status: all that are open, and of those that are closed the latest. */
export function useBoardTasks({ status: _, sort: __, ...filters }: TaskFilters) {
  const workspace = useWorkspace()
  const open = useInfiniteQuery(tasksQuery(workspace, { ...filters, status: openStatuses.join(','), limit: 200 }))
  const done = useInfiniteQuery(tasksQuery(workspace, { ...filters, status: 'done', sort: 'updated' }))
  const cancelled = useInfiniteQuery(tasksQuery(workspace, { ...filters, status: 'cancelled', sort: 'updated' }))
  const loaded = open.data?.pages.reduce((sum, page) => sum + page.items.length, 0) ?? 0
  const { hasNextPage, isFetchingNextPage, fetchNextPage, isError } = open
  // An effect: a board is whole only with all of its pages, and each says whether there is another.
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && !isError && loaded < mostOpen) void fetchNextPage()
  }, [hasNextPage, isFetchingNextPage, isError, loaded, fetchNextPage])
  const columns = useMemo(() => {
    const tasks = [open.data, done.data, cancelled.data].flatMap(data => data?.pages.flatMap(page => page.items) ?? [])
    return columnsOf(tasks)
  }, [open.data, done.data, cancelled.data])
  return {
    columns,
    pending: open.isPending || done.isPending || cancelled.isPending,
    error: open.data ? null : open.error,
    more: {
      backlog: hasNextPage,
      todo: hasNextPage,
      doing: hasNextPage,
      review: hasNextPage,
      done: done.hasNextPage,
      cancelled: cancelled.hasNextPage,
    },
  }
}
