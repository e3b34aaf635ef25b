import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Task } from '#client'
import { api } from '#web/api.ts'
import { notifyDone } from '#web/forms/problem.ts'
import { useFormats } from '#web/messages/formats.ts'
import { useMessages } from '#web/messages/language.ts'
import { useWorkspace } from '#web/shell/use-workspace.ts'
import { showTask } from '#web/tasks/task-cache.ts'
import { refreshTasks } from '#web/tasks/use-change-task.ts'

type Restored = { text: string; at: string }

/** Makes an earlier description today's: a change like any other, whose reason says whence it comes. */
export function useRestoreDescription(task: Task | undefined, onDone?: () => void) {
  const { versions } = useMessages().work.history
  const { dateTime } = useFormats()
  const workspace = useWorkspace()
  const client = useQueryClient()
  return useMutation({
    mutationFn: async ({ text, at }: Restored) => {
      const call = { ifMatch: `"${task?.version}"`, reason: versions.reason(dateTime(at)) }
      return api.updateTask({ path: { workspace, task: task?.id ?? '' }, body: { description: text }, ...call })
    },
    onSuccess: changed => {
      showTask(client, workspace, changed)
      notifyDone(versions.restored)
      onDone?.()
    },
    // Also where somebody was faster: then the page shows theirs, and the person decides again.
    onSettled: () => refreshTasks(client, workspace),
  })
}
