import { createView } from '#server/features/views/create-view.ts'
import { deleteView } from '#server/features/views/delete-view.ts'
import { getView } from '#server/features/views/get-view.ts'
import { listViews } from '#server/features/views/list-views.ts'
import { updateView } from '#server/features/views/update-view.ts'
import type { Feature } from '#server/http/operation.ts'

export const views: Feature = {
  name: 'views',
  description: 'Filters of tasks that a member keeps under a name, alone or for everyone.',
  operations: [listViews, createView, getView, updateView, deleteView],
}
