import { type QueryClient, useMutation, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { ApiProblem, type Task } from '#client'
import { api } from '#web/api.ts'
import { notifyProblem } from '#web/forms/problem.ts'
import { keyIn } from '#web/queries/keys.ts'
import { useWorkspace } from '#web/shell/use-workspace.ts'
import type { TaskChanges } from '#web/tasks/task.ts'
import { findTask, holdTasks, showTask } from '#web/tasks/task-cache.ts'
import { tellWhatChanged } from '#web/tasks/tell-what-changed.ts'

export type ChangeTask = (task: Task, changes: TaskChanges) => Promise<void>
type Sent = { task: Task; changes: TaskChanges; goBack: () => void }

/**
 * Changes a task; the promise ends once it is shown, which is before the server knows. Where somebody else was
 * faster, theirs stands, and the page says what it is.
 */
export function useChangeTask(): ChangeTask {
  const workspace = useWorkspace()
  const client = useQueryClient()
  const { mutate } = useMutation({
    mutationKey: changingTasks(workspace),
    // One after another, so that each knows the version that the one before it made.
    scope: { id: `${workspace}/tasks` },
    meta: { handlesProblem: true },
    mutationFn: ({ task, changes }: Sent) => {
      const { version } = findTask(client, workspace, task.id) ?? task
      return api.updateTask({ path: { workspace, task: task.id }, body: changes, ifMatch: `"${version}"` })
    },
    onSuccess: task => showTask(client, workspace, task),
    onError: async (error, { task, goBack }) => {
      goBack()
      if (!(error instanceof ApiProblem && error.status === 412)) return notifyProblem(error)
      const now = await api.getTask({ path: { workspace, task: task.id } })
      showTask(client, workspace, now)
      tellWhatChanged(task, now)
    },
    onSettled: () => refreshTasks(client, workspace),
  })
  return useCallback(
    async (task, changes) => {
      const goBack = await holdTasks(client, workspace)
      const shown = findTask(client, workspace, task.id) ?? task
      showTask(client, workspace, { ...shown, ...changes } as Task)
      mutate({ task: shown, changes, goBack })
    },
    [client, workspace, mutate],
  )
}

export const changingTasks = (workspace: string) => keyIn(workspace, 'task', 'change')

/** Reads the lists again once nothing is under way any more, since that would undo what is shown already. */
export async function refreshTasks(client: QueryClient, workspace: string): Promise<void> {
  if (client.isMutating({ mutationKey: changingTasks(workspace) }) > 1) return
  await client.invalidateQueries({ queryKey: keyIn(workspace, 'task') })
}
