import { IconConfetti } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useMemo, useRef } from 'react'
import { EmptyState } from '#web/feedback/empty-state.tsx'
import { RowsSkeleton } from '#web/feedback/skeletons.tsx'
import { today } from '#web/messages/formats.ts'
import { useMessages } from '#web/messages/language.ts'
import { groupByDue } from '#web/my-work/group-by-due.ts'
import { MyQuickAdd } from '#web/my-work/my-quick-add.tsx'
import { RunningTimer } from '#web/my-work/running-timer.tsx'
import { tasksQuery } from '#web/queries/tasks.ts'
import { Page } from '#web/shell/page.tsx'
import { useCan, useMe } from '#web/shell/use-permission.ts'
import { useWorkspace } from '#web/shell/use-workspace.ts'
import { LoadMore } from '#web/tasks/load-more.tsx'
import { openStatuses } from '#web/tasks/task.ts'
import { TaskPanel } from '#web/tasks/task-panel.tsx'
import { TaskRow } from '#web/tasks/task-row.tsx'
import { useChangeTask } from '#web/tasks/use-change-task.ts'
import { useMayChange } from '#web/tasks/use-may.ts'
import { useRowKeys } from '#web/tasks/use-row-keys.ts'
import { useTags } from '#web/tasks/use-tags.ts'
import classes from './my-work-page.module.css'

/** What is assigned to the caller and open, by when it is due. */
export function MyWorkPage() {
  const { shell, work } = useMessages()
  const workspace = useWorkspace()
  const { member } = useMe()
  const { task } = useSearch({ from: '/signed-in/w/$workspace/my-work' })
  const navigate = useNavigate()
  const tasks = useInfiniteQuery(
    tasksQuery(workspace, { assignee: member.id, status: openStatuses.join(','), sort: 'due', limit: 200 }),
  )
  const groups = useMemo(() => groupByDue(tasks.data?.pages.flatMap(page => page.items) ?? [], today()), [tasks.data])
  const change = useChangeTask()
  const mayChange = useMayChange()
  const tags = useTags()
  const list = useRef<HTMLDivElement>(null)
  const adding = useRef<HTMLTextAreaElement>(null)
  useRowKeys(list, adding)
  const mayTime = useCan('time_entry', 'write')
  const mayCreate = useCan('task', 'create')
  if (tasks.error && !tasks.data) throw tasks.error
  return (
    <Page title={shell.myWork} actions={mayTime && <RunningTimer />}>
      {mayCreate && <MyQuickAdd inputRef={adding} />}
      {tasks.isPending && <RowsSkeleton />}
      {tasks.data && groups.size === 0 && (
        <EmptyState icon={IconConfetti} title={work.myWork.none} hint={work.myWork.noneHint} />
      )}
      <div ref={list}>
        {[...groups].map(([group, own]) => (
          <section key={group} className={classes.group} data-group={group} aria-labelledby={`due-${group}`}>
            <h2 id={`due-${group}`}>
              {work.myWork.groups[group]} <span>{own.length}</span>
            </h2>
            <ul className={classes.rows}>
              {own.map(one => (
                <TaskRow key={one.id} task={one} tags={tags} onChange={mayChange(one) ? change : undefined} />
              ))}
            </ul>
          </section>
        ))}
      </div>
      <LoadMore hasMore={tasks.hasNextPage} loading={tasks.isFetchingNextPage} load={tasks.fetchNextPage} />
      <TaskPanel id={task} onClose={() => void navigate({ to: '.', search: {}, replace: true })} />
    </Page>
  )
}
