import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { NewTask, Task } from '#client'
import { api, newIdempotencyKey } from '#web/api.ts'
import { notifyProblem } from '#web/forms/problem.ts'
import { forgetTask, holdTasks, showTask } from '#web/tasks/task-cache.ts'
import { changingTasks, refreshTasks } from '#web/tasks/use-change-task.ts'

/** Creates tasks, one for each title, in their order. They are in the list before the server knows of them. */
export function useCreateTasks(workspace: string) {
  const client = useQueryClient()
  return useMutation({
    mutationKey: changingTasks(workspace),
    meta: { handlesProblem: true },
    mutationFn: async (drafts: Draft[]) => {
      for (const { id, ...draft } of drafts) {
        const task = await api.createTask({ path: { workspace }, body: draft, idempotencyKey: id })
        showTask(client, workspace, task, id)
      }
    },
    onMutate: async drafts => {
      await holdTasks(client, workspace)
      for (const draft of drafts) showTask(client, workspace, pendingTask(draft))
    },
    onError: (error, drafts) => {
      for (const { id } of drafts) forgetTask(client, workspace, id)
      notifyProblem(error)
    },
    onSettled: () => refreshTasks(client, workspace),
  })
}

/** A task that is to be; its id counts here only, until the server gives it one. */
export type Draft = NewTask & { id: string }

/** One draft for each line. They stand above `first`, where the eye is, in the order in which they were written. */
export function draftsOf(text: string, common: Omit<NewTask, 'title'>, first?: number): Draft[] {
  const lines = text.split('\n').map(line => line.replace(/^\s*(?:[-*•]|\d+[.)])\s+/, '').trim())
  const titles = lines.filter(Boolean)
  return titles.map((title, index) => ({
    ...common,
    title: title.slice(0, 500),
    id: newIdempotencyKey(),
    ...(first === undefined ? {} : { position: first - (titles.length - index) * 1024 }),
  }))
}

function pendingTask(draft: Draft): Task {
  const now = new Date().toISOString()
  return {
    description: '',
    status: 'todo',
    priority: 'none',
    assigneeId: null,
    dueOn: null,
    startOn: null,
    estimateSeconds: null,
    position: Number.MAX_SAFE_INTEGER,
    parentId: null,
    tagIds: [],
    viewerIds: [],
    ...draft,
    number: 0,
    key: '',
    creatorId: null,
    createdAt: now,
    updatedAt: now,
    closedAt: null,
    version: 0,
  }
}
