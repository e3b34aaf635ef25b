import { Button } from '@mantine/core'
import { IconChecklist } from '@tabler/icons-react'
import { useSuspenseInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { EmptyState } from '#web/feedback/empty-state.tsx'
import { useMessages } from '#web/messages/language.ts'
import { type TaskFilters, tasksQuery } from '#web/queries/tasks.ts'
import { useWorkspace } from '#web/shell/use-workspace.ts'

/** Tasks as links, page by page. */
export function TaskRows({ filters }: { filters: TaskFilters }) {
  const { feedback, actions } = useMessages()
  const workspace = useWorkspace()
  const { data, hasNextPage, fetchNextPage, isFetchingNextPage } = useSuspenseInfiniteQuery(
    tasksQuery(workspace, filters),
  )
  const tasks = data.pages.flatMap(page => page.items)
  if (tasks.length === 0) return <EmptyState icon={IconChecklist} title={feedback.nothingYet} />
  return (
    <>
      <ul>
        {tasks.map(task => (
          <li key={task.id}>
            <Link to="/w/$workspace/tasks/$task" params={{ workspace, task: task.id }}>
              {task.key} {task.title}
            </Link>
          </li>
        ))}
      </ul>
      {hasNextPage && (
        <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {actions.more}
        </Button>
      )}
    </>
  )
}
