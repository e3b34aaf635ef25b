import { addTagToTask } from '#server/features/tasks/add-tag-to-task.ts'
import { addViewerToTask } from '#server/features/tasks/add-viewer-to-task.ts'
import { createTask } from '#server/features/tasks/create-task.ts'
import { deleteTask } from '#server/features/tasks/delete-task.ts'
import { getTask } from '#server/features/tasks/get-task.ts'
import { getTaskAsOf } from '#server/features/tasks/get-task-as-of.ts'
import { listTaskHistory } from '#server/features/tasks/list-task-history.ts'
import { listTasks } from '#server/features/tasks/list-tasks.ts'
import { removeTagFromTask } from '#server/features/tasks/remove-tag-from-task.ts'
import { removeViewerFromTask } from '#server/features/tasks/remove-viewer-from-task.ts'
import { updateTask } from '#server/features/tasks/update-task.ts'
import type { Feature } from '#server/http/operation.ts'

export const tasks: Feature = {
  name: 'tasks',
  description: 'What there is to do: with a status, a priority, dates, one assignee, tags and viewers.',
  operations: [
    listTasks,
    createTask,
    getTask,
    updateTask,
    deleteTask,
    addTagToTask,
    removeTagFromTask,
    addViewerToTask,
    removeViewerFromTask,
    listTaskHistory,
    getTaskAsOf,
  ],
}
