import { useSuspenseQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { taskQuery } from '#web/queries/tasks.ts'
import { Page } from '#web/shell/page.tsx'

export function TaskPage() {
  const { workspace, task: id } = useParams({ from: '/signed-in/w/$workspace/tasks/$task' })
  const { data: task } = useSuspenseQuery(taskQuery(workspace, id))
  return (
    <Page title={task.title} lead={task.key}>
      {task.description}
    </Page>
  )
}
